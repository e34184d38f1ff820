"""What the commands of operation say of an installation."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def say_not_restored(code: str, params: Mapping[str, object]) -> str:
    """Why a backup was not restored."""
    return {
        "no_backup": _("%(folder)s is not a whole backup: its manifest is missing or broken."),
        "backup_damaged": _(
            "The backup is damaged: %(file)s is not what was saved (%(count)s files in all)."
        ),
        "backup_database": _(
            "The backup holds %(have)s; this installation needs %(need)s. Set YISHI_DATABASE_URL."
        ),
        "backup_origin": _(
            "The backup belongs to the log %(have)s, the settings name %(need)s. "
            "Set YISHI_LOG_ORIGIN."
        ),
        "not_empty": _("%(what)s is already there. Restore into an empty folder and database."),
        "keys_damaged": _("%(file)s is not an archive of keys."),
    }[code] % params


def say_checked(code: str, params: Mapping[str, object]) -> str:
    """One line of `yishi doctor`."""
    return {
        "fault": "%(sentence)s",
        "settings": _("The settings are in order."),
        "sqlite": _("SQLite %(version)s."),
        "postgresql": _("PostgreSQL %(version)s."),
        "no_database": _("The database did not answer: %(error)s"),
        "tables": _("The tables are those of this version."),
        "tables_old": _("The tables are not those of this version. Run: yishi upgrade"),
        "tables_none": _("There are no tables yet. Run: yishi setup"),
        "space": _("%(free)s GB free in %(folder)s."),
        "space_low": _("Only %(free)s GB free in %(folder)s; %(need)s GB are needed."),
        "log_key": _("The key that signs the log is there, for its owner alone."),
        "log_key_new": _("The log has no key yet; the worker makes one at its first run."),
        "log_key_missing": _("The key that signs the log is gone: put %(file)s back."),
        "log_key_broken": _("The key that signs the log is not the right one: %(error)s"),
        "log_key_open": _("%(file)s can be read by others. Run: chmod 600 %(file)s"),
        "data_key": _("The data key opens what is encrypted."),
        "data_key_wrong": _("The data key does not open what is encrypted: %(error)s"),
        "data_key_unused": _("Nothing is encrypted yet."),
        "calendar": _("The work-day calendar of %(year)s is loaded."),
        "calendar_missing": _(
            "The work-day calendar of %(year)s is missing. Run: yishi load-calendar"
        ),
        "calendar_awaited": _(
            "The work-day calendar of %(year)s is not loaded; it is published in November."
        ),
        "worker": _("The worker was heard of at %(at)s."),
        "worker_silent": _("No worker is running; the last one was heard of at %(at)s."),
        "worker_never": _("No worker has run here yet. Run: yishi up"),
        "sequenced": _("Every entry is under a signed checkpoint."),
        "unsequenced": _(
            "%(count)s entries are waiting for the sequencer, the oldest since %(at)s."
        ),
        "no_waiting": _("No clock waits for a calendar."),
        "waiting": _("%(count)s clocks wait for a calendar."),
        "outbox": _("No message is stuck."),
        "stuck": _("%(count)s messages could not be sent."),
        "channels_none": _("No channel is set up: messages are read on the page alone."),
        "channel": _("Messages go out by %(channel)s."),
        "channel_console": _("Messages by %(channel)s are only written into %(file)s."),
        "channel_stuck": _(
            "%(count)s sendings by %(channel)s do not go out (%(error)s). Nothing is lost; they "
            "are tried again. Look at the settings YISHI_%(setting)s."
        ),
        "index": _("Every matter is in the search index."),
        "index_old": _(
            "%(count)s matters are not in the search index of this version. Run: yishi reindex"
        ),
        "vote_keys": _("Every open secret vote has its key (%(count)s)."),
        "vote_keys_lost": _(
            "%(count)s open secret votes have lost their key, which is in no backup. They can only "
            "be called off and held again."
        ),
        "files": _("Every file that a row names is there (%(count)s)."),
        "files_missing": _("%(count)s files are missing from the store, such as %(file)s."),
    }[code] % params
