// Reads an archive of feeds with ical.js and prints one canonical JSON line a feed (see readers.py).
// usage: node ical_js_reader.mjs ICAL_JS_FILE ARCHIVE
import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
const most_instances = 60;
// Without these types ical.js keeps what it does not know as it was written.
const text_names = new Set(['x-wr-calname', 'x-wr-caldesc', 'name', 'contact', 'related-to']);

const unescape = (text) => text.replace(/\\(.)/gs, (_, one) => (one === 'n' || one === 'N' ? '\n' : one));

function instant(time) {
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) return `${time.toString().replace(/Z$/, '')} floating`;
  return time.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

function moment(time, property) {
  const zone = property.getParameter('tzid');
  return instant(time) + (zone && !time.isDate ? `[${zone}]` : '');
}

function rule(recur) {
  return recur.toString().split(';').filter((part) => part !== 'INTERVAL=1' && part !== 'WKST=MO')
    .map((part) => {
      const at = part.indexOf('=');
      const until = part.startsWith('UNTIL=') ? part.slice(at + 1).replace(/[-:]/g, '') : null;
      return `${part.slice(0, at)}=${until ?? part.slice(at + 1).split(',').sort().join(',')}`;
    }).sort().join(';');
}

function parameters(property) {
  const found = Object.entries(property.jCal[1]).filter(([name]) => name !== 'tzid' && name !== 'value')
    .map(([name, text]) => `${name.toUpperCase()}=${Array.isArray(text) ? text.join(',') : text}`);
  return found.length ? ` {${found.sort().join('; ')}}` : '';
}

function written(property) {
  return property.getValues().map((value) => {
    if (value instanceof ICAL.Time) return moment(value, property);
    if (value instanceof ICAL.Recur) return rule(value);
    if (property.name === 'geo') return value.map((one) => one.toFixed(6)).join(';');
    if (typeof value !== 'string') return value.toString() + parameters(property);
    const raw = property.type === 'unknown' || (property.name.startsWith('x-') && text_names.has(property.name));
    return (raw ? unescape(value) : value) + parameters(property);
  });
}

function properties(component) {
  const found = {};
  for (const property of component.getAllProperties())
    (found[property.name.toUpperCase()] ??= []).push(...written(property));
  return found;
}

function instances(component) {
  if (!component.hasProperty('rrule') && !component.hasProperty('rdate')) return [];
  const start = component.getFirstPropertyValue('dtstart');
  const expansion = new ICAL.RecurExpansion({ component, dtstart: start });
  // The expansion of days without a rule leaves the start itself out.
  const found = new Set(component.hasProperty('rrule') ? [] : [instant(start)]);
  for (let next = expansion.next(); next && found.size < most_instances; next = expansion.next())
    found.add(instant(next));
  return [...found].sort();
}

function read(feed) {
  const parsed = ICAL.parse(feed);
  if (parsed[0] !== 'vcalendar') throw new Error(`${parsed.length} calendars`);
  const calendar = new ICAL.Component(parsed);
  const components = calendar.getAllSubcomponents().filter((one) => one.name !== 'vtimezone').map((component) => ({
    type: component.name.toUpperCase(),
    properties: properties(component),
    inside: component.getAllSubcomponents().map((inner) => [inner.name.toUpperCase(), properties(inner)]),
    instances: instances(component),
  }));
  const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'));
  return { properties: properties(calendar), zones: zones.sort(), components };
}

const archive = readFileSync(process.argv[3]);
let out = '';
const say = (text) => { for (let rest = Buffer.from(text); rest.length;) rest = rest.subarray(writeSync(1, rest)); };
for (let at = 0; at < archive.length;) {
  const end = archive.indexOf(10, at);
  const [, size, name] = /^FEED (\d+) (.*)$/.exec(archive.toString('utf8', at, end));
  const feed = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const bytes = archive.subarray(end + 1, end + 1 + Number(size));
  let told;
  try {
    told = read(feed.decode(bytes));
  } catch (error) {
    told = { error: `${error.name}: ${error.message}` };
  }
  out += `${JSON.stringify({ ...told, name })}\n`;
  if (out.length > 1 << 20) { say(out); out = ''; }
  at = end + 1 + Number(size) + 1;
}
say(out);
