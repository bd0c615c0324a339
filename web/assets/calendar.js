// The calendar as a person leafs through it: month, week and agenda in place of the plain month, entries that are
// dragged to another day, and what waits for a day dragged onto one. Without it the page is complete: the plain
// month stands there, and every day can be named in a form.
(function () {
  'use strict';

  var place = document.getElementById('calendar');
  var plain = document.getElementById('calendar-plain');
  if (!place || !window.EventCalendar || !window.calendarReading || !window.fetch || !window.DOMParser) return;

  var words = JSON.parse(place.dataset.words);
  var problem = document.getElementById('calendar-problem');
  var move = document.getElementById('move');
  var shownMonth = place.dataset.date.slice(0, 7);

  // ---- days as words; browsers do not know all our languages
  function two(number) { return (number < 10 ? '0' : '') + number; }
  function iso(date) { return date.getFullYear() + '-' + two(date.getMonth() + 1) + '-' + two(date.getDate()); }
  function clock(date) { return two(date.getHours()) + ':' + two(date.getMinutes()); }
  function dayText(date) {
    return words.days[date.getMonth()].replace('{day}', date.getDate()).replace('{year}', date.getFullYear());
  }
  function monthText(date) { return words.months[date.getMonth()].replace('{year}', date.getFullYear()); }
  function weekday(date) { return words.weekdays[(date.getDay() + 6) % 7]; }
  function weekdayText(date) { return words.full_weekdays[(date.getDay() + 6) % 7]; }
  function after(text, days) {
    var parts = text.split('-');
    return iso(new Date(+parts[0], parts[1] - 1, +parts[2] + days));
  }

  // ---- entries
  function timeText(entry) {
    if (entry.start.length <= 10) return '';
    return entry.start.slice(11) + (entry.end ? '–' + entry.end.slice(11) : '');
  }
  // An hour for what has a beginning and no end: some height in the week, and no word of an end.
  function endOf(entry) {
    if (entry.start.length <= 10) return after(entry.end, 1);
    if (entry.end) return entry.end;
    var hour = +entry.start.slice(11, 13);
    return hour < 23 ? entry.start.slice(0, 11) + two(hour + 1) + entry.start.slice(13) : entry.start.slice(0, 11) + '23:59';
  }
  function shown(entry) {
    return {
      id: 'e' + entry.id + (entry.of || entry.start), title: entry.title, start: entry.start, end: endOf(entry),
      allDay: entry.start.length <= 10, editable: !!entry.action,
      classNames: ['kind-' + entry.kind].concat(entry.cancelled ? ['is-cancelled'] : [], entry.action ? ['can-move'] : []),
      extendedProps: {url: entry.url, time: timeText(entry), action: entry.action, stamp: entry.stamp, of: entry.of || '',
        cancelled: entry.cancelled}
    };
  }
  function named(day, index) {
    return {
      id: 'd' + day.day + index, title: day.off ? day.name : words.worked.replace('{name}', day.name), start: day.day,
      end: after(day.day, 1), allDay: true, editable: false, classNames: ['named-day', day.off ? 'is-off' : 'is-worked'],
      extendedProps: {time: ''}
    };
  }
  // The component takes whatever comes last: an answer to an older question, late on a slow line, must not be it.
  var questions = 0;
  function fetchEntries(info, done, failed) {
    var question = questions += 1;
    var address = place.dataset.entries;
    address += (address.indexOf('?') < 0 ? '?' : '&') + 'from=' + iso(info.start) + '&to=' + after(iso(info.end), -1);
    fetch(address, {credentials: 'same-origin'})
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
      .then(function (answer) {
        if (question !== questions) { failed(); return; }
        problem.hidden = true;
        calendar.setOption('highlightedDates', answer.days.filter(function (day) { return day.off; })
          .map(function (day) { return day.day; }));
        done(answer.days.map(named).concat(answer.entries.map(shown)));
        show();
      })
      .catch(function (error) {
        failed(error);
        if (question !== questions) return;
        problem.textContent = words.failed;
        problem.hidden = false;
        show();
      });
  }

  // A link, so that keys reach it and it opens in a tab of its own as links do.
  function content(info) {
    var own = info.event.extendedProps;
    var box = document.createElement(own.url ? 'a' : 'span');
    box.className = 'ec-words';
    if (own.url) { box.href = own.url; box.draggable = false; }
    if (own.time) {
      var time = document.createElement('span');
      time.className = 'ec-hour';
      time.textContent = own.time;
      box.appendChild(time);
      box.appendChild(document.createTextNode(' '));
    }
    var title = document.createElement('bdi');
    title.textContent = info.event.title;
    box.appendChild(title);
    // What the eye takes from the place of an entry. The agenda has a heading for each day.
    var heard = (own.cancelled ? ' (' + words.cancelled + ')' : '') +
      (own.url && info.view.type !== 'listMonth' ? ', ' + span(info.event) : '');
    if (heard) {
      var off = document.createElement('span');
      off.className = 'visually-hidden';
      off.textContent = heard;
      box.appendChild(off);
    }
    return {domNodes: [box]};
  }

  function span(event) {
    var last = event.allDay ? new Date(event.end.getTime() - 1) : event.start;
    return dayText(event.start) + (iso(last) === iso(event.start) ? '' : ' – ' + dayText(last));
  }

  // ---- moving what has a day: asked before it is done
  var waiting = null;  // how to put back what is being asked about
  function ask(info) {
    var own = info.event.extendedProps;
    if (!move || !move.showModal || !own.action) { info.revert(); return; }
    var form = move.querySelector('form');
    form.action = own.action;
    form.elements.stamp.value = own.stamp;
    form.elements.of.value = own.of;
    document.getElementById('move-series').hidden = !own.of;
    form.elements.was.value = iso(info.oldEvent.start);
    form.elements.day.value = iso(info.event.start);
    form.elements.time.value = info.event.allDay ? '' : clock(info.event.start);
    form.elements.back.value = place.dataset.here;
    document.getElementById('move-text').textContent = move.dataset.question.replace('{title}', info.event.title)
      .replace('{from}', spoken(info.oldEvent)).replace('{to}', spoken(info.event));
    waiting = info.revert;
    move.showModal();
  }
  function spoken(event) { return dayText(event.start) + (event.allDay ? '' : ', ' + clock(event.start)); }
  if (move) {
    move.querySelector('[data-leave]').addEventListener('click', function () { move.close(); });
    move.addEventListener('close', function () { if (waiting) waiting(); waiting = null; });
    move.querySelector('form').addEventListener('submit', function () { waiting = null; });
  }

  // ---- the calendar itself
  var view = '', began = '';
  var remembered;
  try { remembered = sessionStorage.getItem('calendar-view'); } catch (ignored) { remembered = null; }
  var narrow = window.matchMedia('(max-width: 42rem)').matches;
  var views = ['dayGridMonth', 'timeGridWeek', 'listMonth'];
  var calendar = EventCalendar.create(place, {
    view: views.indexOf(remembered) >= 0 ? remembered : narrow ? 'listMonth' : 'dayGridMonth',
    date: place.dataset.today.slice(0, 7) === shownMonth ? place.dataset.today : place.dataset.date,
    firstDay: 1,
    headerToolbar: {start: 'now', center: 'title', end: views.join(',')},
    // Not the component's own: that one goes dead under the finger and loses the focus.
    customButtons: {now: {text: words.today, click: function () { calendar.setOption('date', place.dataset.today); }}},
    buttonText: {dayGridMonth: words.month, timeGridWeek: words.week, listMonth: words.agenda, close: words.close},
    titleFormat: function (start, end) {
      var month = start.getDate() === 1 && end.getDate() > 27;
      if (month) return monthText(start);
      var within = start.getMonth() === end.getMonth() && words.days[end.getMonth()].indexOf('{day}') === 0;
      return within ? start.getDate() + '–' + dayText(end) : dayText(start) + ' – ' + dayText(end);
    },
    dayHeaderFormat: function (date) { return weekday(date) + ' ' + date.getDate(); },
    dayHeaderAriaLabelFormat: function (date) { return weekdayText(date) + ', ' + dayText(date); },
    dayPopoverFormat: dayText,
    listDayFormat: dayText,
    listDaySideFormat: weekday,
    slotLabelFormat: clock,
    views: {dayGridMonth: {dayHeaderFormat: weekday, dayHeaderAriaLabelFormat: weekdayText}},
    allDayContent: words.all_day,
    noEventsContent: words.nothing,
    moreLinkContent: function (more) { return words.more.replace('{n}', more.num); },
    slotMinTime: '07:00', slotMaxTime: '21:00', flexibleSlotTimeLimits: true, scrollTime: '09:00', height: 'auto',
    nowIndicator: true, dayMaxEvents: false, pointer: false,
    editable: !!move, eventDurationEditable: false,
    eventContent: content,
    eventDrop: ask,
    eventSources: [{events: fetchEntries}],
    datesSet: function (info) {
      // In the middle of what is shown: a month begins with the last days of the one before.
      var month = iso(new Date((info.start.getTime() + info.end.getTime()) / 2)).slice(0, 7);
      try { sessionStorage.setItem('calendar-view', info.view.type); } catch (ignored) { /* a private window */ }
      view = info.view.type;
      began = began || info.view.title;
      nameSteps();
      if (month !== shownMonth) turnTo(month);
    }
  });
  // It takes the place of the plain month in one go, once it has its entries: nothing jumps.
  function show() {
    if (plain.hidden) return;
    requestAnimationFrame(function () {
      if (plain.hidden) return;
      plain.hidden = true;
      place.classList.remove('is-starting');
      calendarReading(place, began);
    });
  }
  place.classList.add('is-starting');
  place.hidden = false;

  // ---- the links to the months before and after turn the calendar: in the week to another week
  function nameSteps() {
    document.querySelectorAll('#calendar-nav a[rel]').forEach(function (link) {
      if (!link.dataset.month) link.dataset.month = link.textContent;
      link.textContent = view !== 'timeGridWeek' ? link.dataset.month :
        link.rel === 'prev' ? '← ' + words.earlier : words.later + ' →';
    });
  }
  document.addEventListener('click', function (event) {
    var link = event.target.closest('#calendar-nav a[rel]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.rel === 'prev') calendar.prev(); else calendar.next();
  });

  // ---- what stands beside it follows: the list of the month, the address, the heading
  function turnTo(month) {
    shownMonth = month;
    var address = place.dataset.here.replace(/from=\d{4}-\d{2}/, 'from=' + month);
    place.dataset.here = address;
    fetch(address, {credentials: 'same-origin', headers: {Accept: 'text/html'}})
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
      .then(function (text) {
        if (shownMonth !== month) return;
        var page = new DOMParser().parseFromString(text, 'text/html');
        history.replaceState(null, '', address);
        document.title = page.title;
        ['calendar-aside', 'calendar-head', 'calendar-nav'].forEach(function (id) {
          var old = document.getElementById(id), fresh = page.getElementById(id);
          if (!old || !fresh) return;
          var focus = old.contains(document.activeElement) && document.activeElement.rel;
          fresh = document.importNode(fresh, true);
          old.replaceWith(fresh);
          focus = focus && fresh.querySelector('a[rel=' + focus + ']');
          if (focus) focus.focus();
        });
        nameSteps();
        prepareWaiting();
      })
      .catch(function () {});  // the calendar itself goes on
  }

  // ---- dragging what waits onto a day
  var dragged = null, over = null;
  function unmark() { if (over) over.classList.remove('is-over'); over = null; }
  function prepareWaiting() {
    document.querySelectorAll('.undated li[data-event]').forEach(function (item) {
      item.draggable = true;
      item.addEventListener('dragstart', function (event) {
        dragged = item;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', item.querySelector('a').textContent);
        item.classList.add('is-dragged');
      });
      item.addEventListener('dragend', function () { item.classList.remove('is-dragged'); unmark(); dragged = null; });
    });
  }
  place.addEventListener('dragover', function (event) {
    var point = dragged && calendar.dateFromPoint(event.clientX, event.clientY);
    if (!point) return;
    event.preventDefault();
    if (over !== point.dayEl) { unmark(); over = point.dayEl; if (over) over.classList.add('is-over'); }
  });
  place.addEventListener('drop', function (event) {
    var point = dragged && calendar.dateFromPoint(event.clientX, event.clientY);
    if (!point) return;
    event.preventDefault();
    var form = dragged.querySelector('form');
    form.elements.day.value = iso(point.date);
    form.elements.time.value = point.allDay ? '' : clock(point.date);
    form.requestSubmit ? form.requestSubmit() : form.submit();
  });
  prepareWaiting();
}());
