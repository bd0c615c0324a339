// Makes the page of subscriptions handier; without it everything works by its links and its form.
(function () {
  'use strict';

  function prepareCopying(root) {
    root.querySelectorAll('[data-copy]').forEach(function (button) {
      if (!navigator.clipboard) return;
      button.hidden = false;
      var words = button.textContent;
      button.addEventListener('click', function () {
        navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value).then(function () {
          button.textContent = button.dataset.done;
          setTimeout(function () { button.textContent = words; }, 2000);
        });
      });
    });
    root.querySelectorAll('input[readonly], textarea[readonly]').forEach(function (field) {
      field.addEventListener('focus', function () { field.select(); });
    });
  }

  var form = document.getElementById('builder');
  var status = document.getElementById('builder-status');
  var wait = 300;  // milliseconds after the last touch
  var timer = 0;
  var asked = 0;

  function address() {
    var chosen = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value) chosen.append(name, value); });
    var query = chosen.toString();
    return '/subscribe' + (query ? '?' + query : '');
  }

  function countBoxes() {
    form.querySelectorAll('details').forEach(function (group) {
      var count = group.querySelector('[data-any]');
      if (!count) return;
      var names = Array.from(group.querySelectorAll('input:checked'), function (box) {
        return box.parentNode.querySelector('bdi').textContent;
      });
      count.textContent = names.length ? names.join(', ') : count.dataset.any;
    });
  }

  function show(text, number, where) {
    if (number !== asked) return;  // a later choice is on its way
    var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('chosen');
    if (!fresh) throw new Error('no such part');
    document.getElementById('chosen').replaceWith(document.importNode(fresh, true));
    history.replaceState(null, '', where);
    var count = document.getElementById('chosen-count');
    status.textContent = count ? count.textContent : '';
    prepareCopying(document.getElementById('chosen'));
  }

  function update() {
    var where = address();
    var number = ++asked;
    countBoxes();
    fetch(where, {credentials: 'same-origin', headers: {Accept: 'text/html'}})
      .then(function (answer) { return answer.text(); })
      .then(function (text) { show(text, number, where); })
      .catch(function () { if (number === asked) status.textContent = status.dataset.failed; });
  }

  prepareCopying(document);
  if (!form || !window.fetch || !window.URLSearchParams) return;
  form.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(update, wait);
  });
}());
