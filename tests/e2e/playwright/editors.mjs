// Five people with the same plan in five browsers: each in a row of their own at once, then all in one row at once.
// Tells what each saw; tests/e2e/five_editors.py compares it with what the plan says at the end.
import { asked, launch, leave, sizes, tell } from "./chromium.mjs";

const task = await asked();
const browser = await launch();

async function open(cookies) {
  const context = await browser.newContext({ locale: "uk", viewport: { width: sizes.desk[0], height: sizes.desk[1] } });
  await context.addCookies(Object.entries(cookies).map(([name, value]) =>
    ({ name, value, domain: new URL(task.base).hostname, path: "/" })));
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  await page.goto(task.base + task.plan);
  return page;
}

async function write(page, row, cells) {
  await page.click(`tr[data-row="${row}"] a.edit`);
  await page.waitForSelector("#row-form");
  for (const [name, text] of Object.entries(cells)) await page.fill(`#row-form [name="${name}"]`, text);
  // A period is saved at once when its reading has been seen; else it is shown first.
  if (cells.period) await page.waitForFunction((text) => document.querySelector('#row-form [name="read"]').value === text, cells.period);
}

// Presses the button; the page that follows, as it stands.
async function save(page, button) {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === "POST"),
                                      page.click(button)]);
  await page.waitForLoadState("load");
  return answer.status();
}

const editors = await Promise.all(task.editors.map(({ cookies }) => open(cookies)));

// One row each.
await Promise.all(editors.map((page, at) => write(page, task.rows[at], { note: task.editors[at].alone })));
const alone = await Promise.all(editors.map((page) => save(page, "#row-form button[value=save]")));
tell({ alone });

// One row for all: a cell of one's own, and a note that everybody writes.
await Promise.all(editors.map((page) => page.goto(task.base + task.plan)));
await Promise.all(editors.map((page, at) => write(page, task.rows[0], task.editors[at].cells)));
let waiting = editors.map((page, at) => ({ page, at, button: "#row-form button[value=save]" }));
for (let round = 1; waiting.length > 0 && round <= 2 * editors.length; ++round) {
  const statuses = await Promise.all(waiting.map(({ page, button }) => save(page, button)));
  const next = [];
  for (const [index, one] of waiting.entries()) {
    const status = statuses[index];
    const text = await one.page.innerText("main");
    tell({ round, editor: one.at, status, kept: Object.values(task.editors[one.at].cells).filter((cell) => text.includes(cell)),
           address: new URL(one.page.url()).pathname });
    if (status !== 409) continue;
    if (task.shots && round === 1) await one.page.screenshot({ path: `${task.shots}/merge-${one.at}.png`, fullPage: true });
    // Mine, where both of us wrote; what only one of us wrote is chosen already.
    await one.page.check('input[name="pick_note"][value="yours"]');
    next.push({ ...one, button: "main form button[type=submit]" });
  }
  waiting = next;
}
tell({ left: waiting.length, complaints: editors.flatMap((page) => page.complaints) });
await leave(browser);
