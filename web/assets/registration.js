// Shows the registration form as it would be while its fields are being written; without this the button of the
// preview does the same.
(function () {
  'use strict';

  var wait = 400;  // milliseconds after the last key
  var asked = 0;
  var timer = 0;

  function show(form) {
    var number = ++asked;
    var fields = new URLSearchParams(new FormData(form));
    fields.set('do', 'preview');
    fetch(form.action, {method: 'POST', body: fields, credentials: 'same-origin'}).then(function (answer) {
      return answer.ok ? answer.text() : '';  // half a field is none yet
    }).then(function (text) {
      if (!text || number !== asked) return;
      var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('preview');
      var stale = document.getElementById('preview');
      if (fresh && stale) stale.replaceWith(document.importNode(fresh, true));
    }).catch(function () {});  // the button still works
  }

  document.querySelectorAll('form[data-preview]').forEach(function (form) {
    form.querySelector('button[value="preview"]').hidden = true;
    form.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(function () { show(form); }, wait);
    });
  });
})();
