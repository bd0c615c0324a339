// Makes the table of a plan handier, and the form of an event of no plan: a row opens in place, the reading of a
// period is shown as it is typed, rows are dragged. Without it everything works by links and buttons.
(function () {
  'use strict';

  var desk = document.getElementById('desk');
  if (!window.fetch || !window.DOMParser) return;

  // ---- the period, read as it is typed
  var wait = 250;  // milliseconds after the last key

  function watchPeriod(form) {
    var input = form.querySelector('[name="period"]');
    var words = form.querySelector('.reading');
    var read = form.querySelector('[name="read"]');
    var timer = 0, asked = 0;
    var clashes = form.querySelector('.typed-clashes');
    // Who and where decide what is in the way, so they go along.
    function address(text) {
      var query = '&text=' + encodeURIComponent(text);
      ['responsible', 'place', 'kind'].forEach(function (name) {
        var value = form.elements[name] ? form.elements[name].value : '';
        if (value && value.length <= 300) query += '&' + name + '=' + encodeURIComponent(value);
      });
      return form.dataset.reading + query;
    }
    function ask() {
      var text = input.value, number = ++asked;
      fetch(address(text), {credentials: 'same-origin'})
        .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
        .then(function (reading) {
          if (number !== asked) return;
          words.textContent = reading.text;
          if (clashes) clashes.textContent = '';
          (clashes && reading.clashes || []).forEach(function (line) {
            clashes.appendChild(document.createElement('li')).textContent = line;
          });
          words.classList.toggle('is-unread', !reading.read && text.trim() !== '');
          var wrong = reading.read && input.closest('.field').querySelector('.message-bad');
          if (wrong) wrong.remove();  // what was said of the period that stood there
          read.value = text;
        })
        .catch(function () {});  // the server shows the reading when the form is sent
    }
    function askSoon() { clearTimeout(timer); timer = setTimeout(ask, wait); }
    [input, clashes && form.elements.responsible, clashes && form.elements.place].forEach(function (field) {
      if (field) field.addEventListener('input', askSoon);
    });
  }

  // Ctrl+Enter saves from a field of several lines, Escape leaves.
  function prepareForm(form) {
    watchPeriod(form);
    form.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit ? form.requestSubmit() : form.submit();
      } else if (event.key === 'Escape') {
        event.preventDefault();
        form.querySelector('[data-cancel]').click();
      }
    });
  }

  var open = document.querySelector('form[data-reading]');
  if (open) prepareForm(open);

  // ---- a row opens where it stands
  function openRow(link) {
    var row = link.closest('tr');
    fetch(link.href, {credentials: 'same-origin', headers: {Accept: 'text/html'}})
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, 'text/html');
        var fresh = page.getElementById(row.id);
        if (!fresh || !fresh.classList.contains('is-open')) throw new Error('no such row');
        var closed = row;
        fresh = document.importNode(fresh, true);
        row.replaceWith(fresh);
        var form = fresh.querySelector('form');
        prepareForm(form);
        var cancel = form.querySelector('[data-cancel]');
        cancel.addEventListener('click', function (event) {
          event.preventDefault();
          fresh.replaceWith(closed);
          closed.querySelector('.edit').focus();
        });
        form.querySelector('[name="title"]').focus();
      })
      .catch(function () { location.href = link.href; });
  }

  if (!desk) return;
  desk.addEventListener('click', function (event) {
    var link = event.target.closest('a.edit');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || desk.querySelector('.is-open')) return;
    event.preventDefault();
    openRow(link);
  });
  desk.addEventListener('dblclick', function (event) {
    if (event.target.closest('a, button, input, summary, .is-open')) return;
    var row = event.target.closest('tr[data-row]');
    if (row) row.querySelector('a.edit').click();
  });
  document.addEventListener('click', function (event) {
    desk.querySelectorAll('.row-menu[open]').forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // ---- dragging, and the same with Alt and the arrow keys
  var rows = document.getElementById('rows');
  function send(row, where) {
    rows.action = desk.dataset.plan + '/rows/' + row.dataset.row + '/move?where=' + where;
    rows.submit();
  }
  desk.addEventListener('keydown', function (event) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    var row = event.target.closest('tr[data-row]');
    if (!row || event.target.closest('.is-open')) return;
    event.preventDefault();
    send(row, event.key === 'ArrowUp' ? 'up' : 'down');
  });

  var dragged = null, over = null;
  function unmark() { if (over) over.classList.remove('is-over'); over = null; }
  desk.querySelectorAll('tr[data-row]').forEach(function (row) {
    var handle = document.createElement('span');
    handle.className = 'grip';
    handle.draggable = true;
    handle.setAttribute('aria-hidden', 'true');
    row.querySelector('.c-box').appendChild(handle);
    handle.addEventListener('dragstart', function (event) {
      dragged = row;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', row.dataset.row);
      event.dataTransfer.setDragImage(row, 10, 10);
      row.classList.add('is-dragged');
    });
    handle.addEventListener('dragend', function () { row.classList.remove('is-dragged'); unmark(); dragged = null; });
  });
  desk.addEventListener('dragover', function (event) {
    var row = dragged && event.target.closest('tr[data-row]');
    if (!row || row === dragged) return;
    event.preventDefault();
    unmark();
    over = row;
    row.classList.add('is-over');
  });
  desk.addEventListener('drop', function (event) {
    var row = dragged && event.target.closest('tr[data-row]');
    if (!row || row === dragged) return;
    event.preventDefault();
    send(dragged, 'behind&target=' + row.dataset.row);
  });
}());
