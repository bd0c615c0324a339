// How the grid of the calendar is read aloud and reached by keys. The component draws all days one after the other and
// lays its entries over them, so that a reader hears the numbers of six weeks and then, without a day, what happens in
// them. Here the same elements are put into the order that is seen: a table with a row a week, each day with its entries
// in its cell (aria-owns moves nothing on the screen). It is done anew after each change that the component makes.
(function () {
  'use strict';

  var made = 0;

  function called(element) { return element.id || (element.id = 'calendar-part-' + (made += 1)); }
  function all(within, selector) { return Array.prototype.slice.call(within.querySelectorAll(selector)); }
  // Only what differs: each change is watched.
  function say(element, name, value) {
    if (value === null) { if (element.hasAttribute(name)) element.removeAttribute(name); }
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  function owns(element, parts) { say(element, 'aria-owns', parts.length ? parts.map(called).join(' ') : null); }
  function part(role, text) {
    var element = document.createElement(text ? 'span' : 'div');
    element.setAttribute('role', role);
    if (text) { element.className = 'visually-hidden'; element.textContent = text; }
    return element;
  }
  function row(cells, first) {
    var made_of = part('row', '');
    if (first) made_of.appendChild(first);
    owns(made_of, cells);
    return made_of;
  }
  function fill(table, rows) {
    function told(one) { return one.textContent + one.getAttribute('aria-owns'); }
    if (Array.prototype.map.call(table.children, told).join(';') !== rows.map(told).join(';'))
      table.replaceChildren.apply(table, rows);
  }

  // A day holds the entries that the component drew over its column, in its row.
  function holding(days, entries) {
    days.forEach(function (day, index) {
      say(day, 'role', 'cell');
      owns(day, entries.filter(function (entry) {
        var across = parseInt(entry.style.gridColumnStart, 10), down = parseInt(entry.style.gridRowStart, 10);
        return ((down || 1) - 1) * 7 + across - 1 === index;
      }));
    });
  }
  // The whole name of a column stands on the head itself, where it may.
  function heads(main) {
    return all(main, '.ec-col-head').map(function (head) {
      var inner = head.querySelector('[aria-label]');
      if (inner) { say(head, 'aria-label', inner.getAttribute('aria-label')); say(inner, 'aria-label', null); }
      say(head, 'role', 'columnheader');
      say(head, 'aria-colindex', null);
      return head;
    });
  }

  function month(main, table) {
    var days = all(main, '.ec-body .ec-day'), weeks = [row(heads(main))];
    holding(days, all(main, '.ec-body .ec-event'));
    for (var first = 0; first < days.length; first += 7) weeks.push(row(days.slice(first, first + 7)));
    fill(table, weeks);
  }
  // Two rows of seven days: what lasts all day, and what has an hour. Each begins with what its row is.
  function week(main, table) {
    var rows = [row(heads(main), part('cell', ' '))];
    all(main, '.ec-all-day, .ec-body').forEach(function (half) {
      var days = all(half, '.ec-day'), side = half.querySelector('.ec-sidebar'), hours = all(side, 'time');
      holding(days, all(half, '.ec-event'));
      var head = hours.length ? hours[0].textContent + ' – ' + hours[hours.length - 1].textContent : side.textContent;
      rows.push(row(days, part('rowheader', head.trim())));
    });
    all(main, '.ec-sidebar').forEach(function (side) { say(side, 'aria-hidden', 'true'); });  // each row has its name
    fill(table, rows);
  }
  function agenda(main, list) {
    var days = all(main, '.ec-day');
    fill(list, []);
    say(list, 'role', days.length ? 'list' : null);
    owns(list, days);
    all(main, '.ec-day-head').forEach(function (head) { say(head, 'aria-level', '2'); });  // under the name of the month
  }

  // Keeps what the component drew in `place` readable, and says aloud what is shown when that is no more `title`: what
  // the page began with, which somebody with quick fingers has turned before the component was there to be read.
  window.calendarReading = function (place, title) {
    var table = document.createElement('div'), status = part('status', ' ');
    place.after(table, status);
    var asked = 0;
    // A frame later: a text that comes together with its element is not heard.
    function aloud(text) { requestAnimationFrame(function () { status.textContent = text; }); }
    function repair() {
      asked = 0;
      var root = place.querySelector('.ec'), main = place.querySelector('.ec-main');
      if (!root || !main) return;
      say(root, 'role', null);
      say(place.querySelector('.ec-toolbar'), 'role', 'none');
      all(main, '.ec-grid, .ec-body, .ec-header').forEach(function (one) { say(one, 'role', null); });
      all(main, '.ec-event').forEach(function (entry) { say(entry, 'role', 'none'); });
      all(place, '.ec-toolbar .ec-end .ec-button').forEach(function (view) {
        say(view, 'aria-pressed', String(view.classList.contains('ec-active')));
      });
      var list = root.classList.contains('ec-list'), hours = root.classList.contains('ec-time-grid');
      if (list) { agenda(main, table); } else {
        say(table, 'role', 'table');
        owns(table, []);
        if (hours) week(main, table); else month(main, table);
      }
      var now = place.querySelector('.ec-title').textContent;
      say(table, 'aria-label', table.hasAttribute('role') ? now : null);
      if (now !== title) aloud(now);
      title = now;
    }
    new MutationObserver(function () { if (!asked) asked = requestAnimationFrame(repair); })
      .observe(place, {childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['role', 'style', 'aria-label']});
    repair();
  };
}());
