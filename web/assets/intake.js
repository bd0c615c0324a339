// Makes bringing a plan in handier; without it everything works by its links and forms.
(function () {
  'use strict';

  // A cell's text on one line.
  function cellText(cell) {
    return cell.textContent.replace(/\s+/g, ' ').trim();
  }

  // The rows of a table as lines with TABs. Cells that span several columns or rows leave empty ones behind
  // them, so that the columns stay below one another.
  function tableLines(table) {
    var lines = [], below = [];
    Array.prototype.forEach.call(table.rows, function (row) {
      var cells = [], column = 0;
      function skipSpanned() {
        while (below[column] > 0) { below[column] -= 1; cells.push(''); column += 1; }
      }
      Array.prototype.forEach.call(row.cells, function (cell) {
        skipSpanned();
        var wide = Math.min(cell.colSpan || 1, 50);
        for (var i = 0; i < wide; i += 1) {
          cells.push(i === 0 ? cellText(cell) : '');
          below[column] = (cell.rowSpan || 1) - 1;
          column += 1;
        }
      });
      skipSpanned();
      lines.push(cells.join('\t'));
    });
    return lines;
  }

  // What the clipboard holds as HTML, as the text that the reader of plans knows: tables with TABs, paragraphs as
  // lines. A cell of Word has paragraphs of its own, which as plain text would break the row.
  function textOf(html) {
    var page = new DOMParser().parseFromString(html, 'text/html');
    if (!page.querySelector('table')) return null;
    var lines = [], rows = 0;
    (function walk(node) {
      Array.prototype.forEach.call(node.childNodes, function (child) {
        if (child.nodeType === 3) {
          var text = child.textContent.replace(/\s+/g, ' ').trim();
          if (text) lines.push(text);
        } else if (child.nodeName === 'TABLE') {
          var table = tableLines(child);
          rows += table.length;
          lines = lines.concat('', table, '');
        } else if (/^(P|H[1-6]|LI)$/.test(child.nodeName) && !child.querySelector('table')) {
          lines.push(cellText(child));
        } else if (!/^(STYLE|SCRIPT|HEAD)$/.test(child.nodeName)) {
          walk(child);
        }
      });
    }(page.body));
    return {text: lines.join('\n').trim() + '\n', rows: rows};
  }

  var area = document.getElementById('text');
  if (area && window.DOMParser) {
    area.addEventListener('paste', function (event) {
      var html = event.clipboardData && event.clipboardData.getData('text/html');
      var found = html ? textOf(html) : null;
      if (!found) return;
      event.preventDefault();
      area.setRangeText(found.text, area.selectionStart, area.selectionEnd, 'end');
      document.getElementById('pasted').textContent = area.dataset.paste.replace('{n}', found.rows);
    });
  }

  var wait = 250;  // milliseconds after the last key
  function understand(field) {
    var place = document.getElementById(field.getAttribute('aria-describedby'));
    var timer = 0, asked = 0;
    field.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var number = asked += 1;
        fetch(field.dataset.live + '&text=' + encodeURIComponent(field.value), {credentials: 'same-origin'})
          .then(function (answer) { return answer.json(); })
          .then(function (said) {
            if (number !== asked) return;
            place.textContent = [said.words].concat(said.warnings).join(' · ');
            place.className = 'hint is-' + said.certainty;
          })
          .catch(function () {});
      }, wait);
    });
  }
  function prepare(root) {
    root.querySelectorAll('input[data-live]').forEach(understand);
  }
  if (!window.fetch || !window.DOMParser) return;
  prepare(document);

  // A row is put right where it stands, without a new page.
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[data-edit]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var row = link.closest('li.intake-row');
    fetch(link.href, {credentials: 'same-origin'})
      .then(function (answer) { if (!answer.ok) throw new Error('no such row'); return answer.text(); })
      .then(function (text) {
        var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById(row.id);
        fresh = document.importNode(fresh, true);
        row.replaceWith(fresh);
        prepare(fresh);
        var field = fresh.querySelector('input[name=period]');
        if (field) field.focus();
      })
      .catch(function () { location.href = link.href; });
  });

  // A link to somebody's name opens the list that it stands in.
  function unfold() {
    var target = /^#name-\d+$/.test(location.hash) && document.querySelector(location.hash);
    if (!target) return;
    document.getElementById('names').open = true;
    var question = target.querySelector('details');
    if (question) question.open = true;
    target.scrollIntoView({block: 'center'});
  }
  window.addEventListener('hashchange', unfold);
  unfold();
}());
