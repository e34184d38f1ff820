/* Yishi 议事: a chat message pasted into the words. A phone and a name found in it are offered,
   each by a button; nothing is filled in, and nothing is sent, by itself. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-pasted]");
  var area = form && form.querySelector("[name=words]");
  var offers = form && form.querySelector("[data-offers]");
  if (!area || !offers) return;

  var PHONE = /(?:^|[^\d])((?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)/;
  /* The hundred commonest family names: four people in five, and few other words. */
  var FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏" +
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";
  var CALLED = "(?:先生|女士|小姐|阿姨|叔叔|大爷|大妈|大姐|大哥|奶奶|爷爷|师傅|老师|姐|哥)";
  var NAME = "([" + FAMILY + "](?:" + CALLED + "|[\\u4e00-\\u9fa5]{1,2}?" + CALLED + "?))";
  var END = "(?=$|[^\\u4e00-\\u9fa5]|住|在|家|电话|手机)";
  var NAMES = [
    new RegExp("(?:我叫|我是|姓名|联系人|反映人)[是为:： ]*" + NAME + END, "m"),
    new RegExp("^[ @]*" + NAME + "(?= *[:：]| +\\d{1,4}[-/:年月])", "m")
  ];

  function found(text) {
    var phone = PHONE.exec(text), name = null;
    NAMES.forEach(function (pattern) { name = name || pattern.exec(text); });
    return { phone: phone ? phone[1] : "", name: name ? name[1] : "" };
  }
  function offer(field, value, sentence) {
    var input = form.querySelector("[name=" + field + "]");
    if (!value || !input || input.value === value || !input.offsetParent) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = sentence.replace("{n}", value);
    button.addEventListener("click", function () {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      button.remove();
      input.focus();
    });
    offers.appendChild(button);
  }
  var said = "";
  function look() {
    var seen = found(area.value), now = seen.phone + "|" + seen.name;
    if (now === said) return;
    said = now;
    offers.textContent = "";
    offer("phone", seen.phone, offers.dataset.phone);
    offer("name", seen.name, offers.dataset.name);
  }
  area.addEventListener("input", look);
  form.addEventListener("change", function (event) {
    if (event.target.name === "consent") { said = ""; look(); }
  });
  form.addEventListener("reset", function () { said = ""; offers.textContent = ""; });

  /* Pasted beside every field, a message goes to the words. */
  document.addEventListener("paste", function (event) {
    var at = event.target;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "file") return;
    var text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    area.value = (area.value ? area.value.replace(/\s*$/, "\n") : "") + text.trim();
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  look();
})();
