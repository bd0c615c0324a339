// The door on a telephone: tickets are read by the camera, names are found as they are typed, and what is seen while
// there is no connection is sent when it is back. Without this script the page works by its forms.
//
// The list of people is kept in this page alone. The browser keeps what is not sent yet: a number or a code, which
// step, and when; of a walk-in what was typed. What was sent and not heard of is sent again; the server counts it once
// (by person, day and moment; a walk-in by the key that is made here).
(function () {
  'use strict';

  var door = document.getElementById('door');
  if (!door || !window.fetch || !window.Promise || !window.URLSearchParams) return;

  var words = JSON.parse(door.dataset.words);
  var store = 'door:' + door.dataset.event;
  var oldest = 7 * 24 * 3600 * 1000;  // milliseconds after which nothing counts any more
  var every = 5000, sameCode = 4000, batch = 200, shownRows = 20;
  var pinned = door.dataset.pinned || '', shownDay = door.dataset.day;  // of an event of several days
  function by(id) { return document.getElementById(id); }

  // ---- people, and what is to be sent
  var people = {}, codes = {}, loadedAt = 0, complete = false;
  var queue = [], looks = [], keeps = true;

  function forgetOld() {
    try {
      Object.keys(localStorage).forEach(function (name) {
        if (name.indexOf('door:') !== 0) return;
        var items = fresh(JSON.parse(localStorage.getItem(name)));
        if (items.length) localStorage.setItem(name, JSON.stringify(items));
        else localStorage.removeItem(name);
      });
      queue = fresh(JSON.parse(localStorage.getItem(store) || '[]'));
    } catch (error) { keeps = false; }
  }
  function fresh(items) {
    return Array.isArray(items) ? items.filter(function (one) { return one && one.key && Date.now() - one.at < oldest; }) : [];
  }
  function keep() {
    try {
      if (queue.length) localStorage.setItem(store, JSON.stringify(queue));
      else localStorage.removeItem(store);
    } catch (error) { keeps = false; }
  }
  // A walk-in that was refused waits for somebody to decide.
  function pending() { return queue.filter(function (item) { return !item.refused; }); }
  function drop(item) {
    queue = queue.filter(function (one) { return one.key !== item.key; });
    keep();
  }
  function newKey() {
    var bytes = new Uint8Array(12);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (one) { return ('0' + one.toString(16)).slice(-2); }).join('');
  }
  function learn(one) {
    var waits = queue.filter(function (item) { return item.person === one.id; }).pop();
    if (waits && people[one.id]) return;  // what is noted here is newer than what the server knows
    people[one.id] = one;
    codes[one.code] = one.id;
  }

  // ---- what is shown
  function put(box, tag, text, name) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    box.appendChild(element);
    return element;
  }
  var shownKey = '';
  function answer(kind, text, person, key) {
    var box = by('door-answer');
    shownKey = key || '';
    box.className = 'door-answer is-' + kind;
    box.textContent = '';
    if (person) {
      var who = put(box, 'p', '', 'door-who');
      put(who, 'bdi', person.name);
      if (person.institution) put(who, 'span', person.institution);
    }
    put(box, 'p', text, 'door-said');
    if (person && person.state === 'attended') {
      var undo = put(box, 'button', words.undo, 'button-quiet');
      undo.type = 'button';
      undo.addEventListener('click', function () { note(person, true); });
    }
    if (navigator.vibrate) navigator.vibrate(kind === 'bad' ? [120, 60, 120] : 70);
  }
  function said(name, person, title) {
    return words.answers[name].replace('{time}', person ? person.since : '').replace('{title}', title || '');
  }
  function counts(all) {
    Object.keys(all).forEach(function (format) {
      var place = door.querySelector('[data-count="' + format + '"]');
      if (place) place.textContent = words.count.replace('{came}', all[format].came).replace('{expected}', all[format].expected);
    });
  }
  function line(text, off) {
    var box = by('door-line');
    box.hidden = false;
    if (box.textContent !== text) box.textContent = text;
    box.classList.toggle('is-off', !!off);
  }
  function clock(at) {
    var date = new Date(at);
    return ('0' + date.getHours()).slice(-2) + ':' + ('0' + date.getMinutes()).slice(-2);
  }
  function list(box, rows, items, text) {
    by(box).hidden = items.length === 0;
    by(rows).textContent = '';
    items.forEach(function (one) { put(by(rows), 'li', text(one)); });
  }
  function showUnsent() {
    var waits = pending(), refused = queue.filter(function (item) { return item.refused; });
    by('door-unsent-head').textContent = words.unsent.replace('{count}', waits.length);
    list('door-unsent', 'door-unsent-rows', waits, function (one) {
      if (one.walkIn) return clock(one.at) + ' · ' + one.walkIn.name + ' · ' + words.walk_in;
      var person = people[one.person];
      return clock(one.at) + ' · ' + (person ? person.name : one.code || '№ ' + one.person) + ' · ' +
        (one.step === 'attend' ? words.attend : words.undo);
    });
    list('door-look', 'door-look-rows', looks, function (one) { return one; });
    refused.forEach(showRefused);
    by('door-look').hidden = looks.length + refused.length === 0;
  }
  // Somebody has to talk with this person: nothing is forgotten by itself.
  function showRefused(item) {
    var row = put(by('door-look-rows'), 'li', '');
    put(row, 'strong', item.walkIn.name);
    row.appendChild(document.createTextNode(' · ' + words.walk_in + ' ' + clock(item.at) + ' · ' + item.refused));
    row.appendChild(document.createElement('br'));
    var again = put(row, 'button', words.again, 'button-quiet'), done = put(row, 'button', words.settled, 'button-quiet');
    again.type = done.type = 'button';
    again.addEventListener('click', function () { delete item.refused; keep(); after(); });
    done.addEventListener('click', function () { drop(item); showUnsent(); });
  }

  // ---- steps
  // Notes a step of somebody known and sends it as soon as it can be sent.
  function noted(item) {
    item.key = newKey();
    item.at = Date.now();
    if (pinned) item.day = pinned;
    queue.push(item);
    keep();
    return item;
  }
  function note(person, undo) {
    var item = noted({person: person.id, step: undo ? 'undo_door' : 'attend'});
    person.state = undo ? 'registered' : 'attended';
    person.since = undo ? '' : clock(item.at);
    answer('noted', said(undo ? 'undone' : 'here', person) + (connected ? '' : ' ' + words.noted), person, item.key);
    after();
  }
  function noteCode(code) {
    var item = noted({code: code, step: 'attend'});
    answer('noted', words.asked, null, item.key);
    after();
  }
  function after() { showUnsent(); showRows(); flush(); }

  function seen(person) {
    if (person.state === 'registered') note(person, false);
    else if (person.state === 'attended') answer('known', said('already', person), person);
    else if (connected) noteCodeless(person);  // the list may be older than what was decided since
    else answer('bad', said(standing(person.state), person), person);
  }
  function noteCodeless(person) {
    var item = noted({person: person.id, step: 'attend'});
    answer('bad', said(standing(person.state), person), person, item.key);
    after();
  }
  function standing(state) {
    if (state === 'waiting') return 'waiting';
    return state === 'submitted' || state === 'pending' ? 'unconfirmed' : 'gone';
  }

  // ---- sending
  var connected = navigator.onLine !== false, sending = false, signedOut = false;

  function lost(error) {
    if (error && error.message === 'signed out') { signedOut = true; return line(words.signed_out, true); }
    connected = false;
    line(words.offline, true);
  }
  function found() {
    connected = true;
    signedOut = false;
    if (keeps || !queue.length) line(words.online, false);
    else line(words.no_storage, true);
  }
  // A server that is there and an answer that can be read; else it is as if there were no connection.
  function ask(address, options) {
    options = options || {};
    options.credentials = 'same-origin';
    options.cache = 'no-store';
    options.redirect = 'manual';
    return fetch(address, options).then(function (reply) {
      if (reply.type === 'opaqueredirect' || reply.status === 401 || reply.status === 403) throw new Error('signed out');
      if (reply.status >= 500 || reply.status === 429) throw new Error('away');
      return reply;
    });
  }
  function ago(item) { return Math.max(0, Math.floor((Date.now() - item.at) / 1000)); }
  function flush() {
    var items = pending();
    if (sending || !items.length) return;
    sending = true;
    var arrivals = items.filter(function (one) { return !one.walkIn; }).slice(0, batch);
    if (arrivals.length) sendArrivals(arrivals);
    else sendWalkIn(items[0]);
  }
  function sendArrivals(items) {
    var body = {arrivals: items.map(function (one) {
      var sent = {key: one.key, step: one.step, ago: ago(one)};
      if (one.day) sent.day = one.day;
      if (one.person) sent.person = one.person; else sent.code = one.code;
      return sent;
    })};
    ask(door.dataset.action + '/arrivals' + (pinned ? '?day=' + pinned : ''), {
      method: 'POST', body: JSON.stringify(body),
      headers: {'Content-Type': 'application/json', 'X-CSRF-Token': door.dataset.csrf}
    }).then(function (reply) {
      if (!reply.ok) throw new Error('refused');
      return reply.json();
    }).then(function (reply) {
      var keys = {};
      reply.answers.forEach(function (one) { keys[one.key] = true; });
      var sentItems = {};
      items.forEach(function (one) { sentItems[one.key] = one; });
      queue = queue.filter(function (one) { return !keys[one.key]; });
      keep();
      sending = false;
      found();
      reply.answers.forEach(function (one) { heard(one, sentItems[one.key]); });
      counts(reply.counts);
      showUnsent();
      showRows();
      flush();
    }).catch(function (error) { sending = false; lost(error); showUnsent(); });
  }
  // One at a time: the key tells the server a walk-in that it entered already, when its answer was lost.
  function sendWalkIn(item) {
    var body = new URLSearchParams(item.walkIn);
    body.set('csrf', door.dataset.csrf);
    body.set('key', item.key);
    body.set('ago', ago(item));
    if (item.day) body.set('day', item.day);
    ask(door.dataset.action + '/walk-ins', {method: 'POST', body: body, headers: {Accept: 'application/json'}})
      .then(function (reply) {
        if (reply.status !== 200 && reply.status !== 422) throw new Error('refused');
        return reply.json();
      }).then(function (reply) {
        sending = false;
        found();
        if (!reply.problem) {
          drop(item);
          // Entered before, and somebody decided otherwise since: nobody is told that they are here.
          var name = reply.answer || 'here', text = name === 'here' ? words.entered : said(name);
          if (item.key === shownKey) answer(words.classes[name].replace('is-', ''), text, {name: reply.name, state: ''});
          else if (name !== 'here') looks.push(clock(item.at) + ' · ' + reply.name + ' · ' + text);
        } else if (item.key === shownKey && !by('door-walk-in').open) {
          drop(item);
          correct(item, reply.problem);
        } else {
          item.refused = reply.problem;
          keep();
        }
        showUnsent();
        load();
        flush();
      }).catch(function (error) { sending = false; lost(error); showUnsent(); });
  }
  function heard(one, item) {
    var shown = !one.day || one.day === shownDay;
    if (one.person && shown) learn(one.person);
    var person = one.person ? (shown && people[one.person.id]) || one.person : null;
    // Sent before, and its answer was lost: it is the same arrival.
    var mine = one.answer === 'already' && item && item.step === 'attend' && Date.now() - item.at > every;
    var name = mine ? 'here' : one.answer;
    if (one.key === shownKey)
      answer(words.classes[name].replace('is-', ''), said(name, person, one.title), person);
    else if (name !== 'here' && name !== 'undone' && name !== 'already')
      looks.push((item ? clock(item.at) + ' · ' : '') + (person ? person.name + ' · ' : '') + said(name, person, one.title));
  }

  // ---- news of the other telephones
  function load() {
    var query = new URLSearchParams();
    if (complete) query.set('since', loadedAt - 10);
    if (pinned) query.set('day', pinned);
    return ask(door.dataset.action + '/people.json?' + query).then(function (reply) {
      if (!reply.ok) throw new Error('refused');
      return reply.json();
    }).then(function (reply) {
      if (!pinned && reply.day !== shownDay && !queue.length) return location.reload();  // it is another day
      reply.people.forEach(learn);
      loadedAt = reply.now;
      if (!pending().length) counts(reply.counts);
      complete = true;
      found();
      showUnsent();
      if (by('q').value) showRows();
    }).catch(lost);
  }
  function tick() {
    if (document.visibilityState === 'hidden') return;
    flush();
    load();
  }

  // ---- names
  function plain(text) {
    return text.normalize('NFC').toLocaleLowerCase().replace(/ё/g, 'е').replace(/[’ʼ'`]/g, '’').replace(/\s+/g, ' ').trim();
  }
  function showRows() {
    var box = by('door-rows'), wanted = plain(by('q').value), rows = [];
    box.textContent = '';
    box.classList.remove('is-plain');
    by('door-hint').textContent = '';
    if (!wanted) return;
    Object.keys(people).forEach(function (id) {
      var at = (' ' + plain(people[id].name)).indexOf(' ' + wanted);
      if (at >= 0 || plain(people[id].institution).indexOf(wanted) >= 0) rows.push([at < 0 ? 1000 : at, people[id]]);
    });
    rows.sort(function (a, b) { return a[0] - b[0] || (a[1].name < b[1].name ? -1 : 1); });
    rows.slice(0, shownRows).forEach(function (row) { showRow(box, row[1]); });
    by('door-hint').textContent = rows.length === 0 ? words.none : rows.length > shownRows ? words.more : '';
  }
  function showRow(box, person) {
    var row = put(box, 'li', '', 'row'), left = put(row, 'div', '');
    var title = put(left, 'p', '', 'title');
    put(title, 'bdi', person.name);
    title.appendChild(document.createTextNode(' '));
    put(title, 'span', person.state === 'attended' ? said('already', person) : words['state_' + person.state],
        person.state === 'attended' ? 'chip chip-held' : 'chip');
    var facts = put(left, 'p', '', 'facts');
    if (person.institution) put(put(facts, 'span', ''), 'bdi', person.institution);
    facts.appendChild(document.createTextNode(' '));
    put(facts, 'span', words['format_' + person.format]);
    var here = person.state === 'attended';
    if (!here && person.state !== 'registered') return;
    var button = put(row, 'button', here ? words.undo : words.attend, here ? 'button-quiet' : 'door-act');
    button.type = 'button';
    button.addEventListener('click', function () {
      if (here) note(person, true); else seen(person);
      by('door-answer').scrollIntoView({block: 'nearest'});
    });
  }

  // ---- tickets
  function hashed(code) {
    return crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)).then(function (bytes) {
      return Array.prototype.map.call(new Uint8Array(bytes), function (one) { return ('0' + one.toString(16)).slice(-2); })
        .join('').slice(0, 16);
    });
  }
  var lastText = '', lastAt = 0;
  function read(text) {
    var now = Date.now();
    if (text === lastText && now - lastAt < sameCode) { lastAt = now; return; }
    lastText = text;
    lastAt = now;
    var match = /^https?:\/\/[^?#]*\/door\/([\w-]{8,64})(?:[?#].*)?$/.exec(text.trim());
    if (!match) { answer('bad', words.no_ticket); return; }
    hashed(match[1]).then(function (hash) {
      var person = people[codes[hash]];
      if (person) seen(person); else noteCode(match[1]);
    });
  }

  // ---- the camera
  var video = by('door-video'), start = by('door-start'), stream = null, detect = null, timer = 0;
  var canvas = document.createElement('canvas');

  function reader() {
    if (detect) return Promise.resolve(detect);
    var own = window.BarcodeDetector && BarcodeDetector.getSupportedFormats ? BarcodeDetector.getSupportedFormats() : Promise.resolve([]);
    return own.catch(function () { return []; }).then(function (formats) {
      if (formats.indexOf('qr_code') >= 0) {
        var native = new BarcodeDetector({formats: ['qr_code']});
        return function () {
          return native.detect(canvas).then(function (codes) { return codes.length ? codes[0].rawValue : ''; });
        };
      }
      return import(door.dataset.decoder).then(function (module) {
        return function (context) {
          try {
            return Promise.resolve(module.decodeQR(context.getImageData(0, 0, canvas.width, canvas.height)));
          } catch (none) { return Promise.resolve(''); }
        };
      });
    }).then(function (made) { detect = made; return made; });
  }
  function look() {
    if (!stream) return;
    var next = function () { timer = setTimeout(look, 120); };
    if (!video.videoWidth) return next();
    var scale = Math.min(1, 800 / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    var context = canvas.getContext('2d', {willReadFrequently: true});
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    detect(context).then(function (text) { if (text) read(text); }, function () {}).then(next);
  }
  function stop() {
    clearTimeout(timer);
    if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
    stream = null;
    video.hidden = true;
    start.textContent = words.start;
  }
  function begin() {
    if (stream) return stop();
    start.disabled = true;
    Promise.all([reader(), navigator.mediaDevices.getUserMedia({audio: false, video: {facingMode: 'environment', width: {ideal: 1280}}})])
      .then(function (both) {
        stream = both[1];
        video.srcObject = stream;
        video.hidden = false;
        start.textContent = words.stop;
        return video.play();
      }).then(look).catch(function (error) {
        stop();
        answer('bad', error && error.name === 'NotAllowedError' ? words.camera_refused : words.camera_none);
      }).then(function () { start.disabled = false; });
  }

  // ---- walk-ins: noted here like everybody; whether there is a place is the server's to say
  var form = door.querySelector('#door-walk-in form');
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var entered = {};
    new FormData(form).forEach(function (value, name) { if (name !== 'csrf' && name !== 'key') entered[name] = value; });
    var item = noted({walkIn: entered});
    form.reset();
    by('door-problem').textContent = '';
    by('door-walk-in').open = false;
    answer('noted', connected ? words.entering : words.walk_in_noted, {name: entered.name, institution: entered.institution, state: ''}, item.key);
    after();
  });
  // Whoever is still standing there is asked at once.
  function correct(item, problem) {
    Object.keys(item.walkIn).forEach(function (name) {
      var field = form.elements[name];
      if (!field) return;
      if (field.type === 'checkbox') field.checked = true;
      else field.value = item.walkIn[name];
    });
    by('door-problem').textContent = problem;
    by('door-walk-in').open = true;
    answer('bad', problem, {name: item.walkIn.name, state: ''});
  }

  // ---- begin
  by('door-search').addEventListener('submit', function (event) { event.preventDefault(); showRows(); });
  by('door-search').querySelector('button').hidden = true;
  by('q').addEventListener('input', showRows);
  window.addEventListener('online', tick);
  window.addEventListener('offline', function () { lost(); });
  window.addEventListener('pagehide', stop);
  window.addEventListener('beforeunload', function (event) { if (queue.length) { event.preventDefault(); event.returnValue = ''; } });
  document.addEventListener('visibilitychange', tick);
  if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia && window.crypto && crypto.subtle) {
    by('door-camera').hidden = false;
    start.textContent = words.start;
    start.addEventListener('click', begin);
  } else {
    put(by('door-camera'), 'p', words.camera_none, 'hint');
    start.hidden = true;
    by('door-camera').hidden = false;
  }
  forgetOld();
  showRows();
  showUnsent();
  load().then(flush);
  setInterval(tick, every);
})();
