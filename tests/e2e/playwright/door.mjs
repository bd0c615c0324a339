// Somebody stands at the door with a telephone: a ticket before its camera, names that are typed, a connection that goes
// and comes. Tells what the telephone said at each step; tests/e2e/door.py compares it with what the server holds.
import { asked, launch, leave, sizes, tell } from "./chromium.mjs";

const task = await asked();
const browser = await launch(["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                              `--use-file-for-fake-video-capture=${task.video}`]);
const wait = 60000;

async function telephone(colorScheme) {
  const context = await browser.newContext({ locale: "en", colorScheme, permissions: ["camera"],
                                             viewport: { width: sizes.phone[0], height: sizes.phone[1] } });
  await context.addCookies(Object.entries(task.cookies).map(([name, value]) =>
    ({ name, value, domain: new URL(task.base).hostname, path: "/" })));
  return context;
}

async function door(context, complaints) {
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (line) => { if (/Content Security Policy|Permissions policy/i.test(line.text())) complaints.push(line.text()); });
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(task.base + task.door);
  await page.waitForSelector("#door-line:not([hidden])");
  return page;
}

const said = (page) => page.innerText("#door-answer");
const count = (page) => page.innerText('[data-count="hall"]');
const shot = (page, name) => page.screenshot({ path: `${task.shots}/door-${name}.png`, fullPage: true });
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const has = (page, text) => page.waitForFunction((one) => document.getElementById("door-answer").innerText.includes(one), text, { timeout: wait });
const counts = (page, text) => page.waitForFunction((one) => document.querySelector('[data-count="hall"]').textContent === one, text, { timeout: wait });
const unsent = (page) => page.evaluate(() => Object.values(localStorage).join(""));

async function here(page, name) {
  await page.fill("#q", name);
  await page.click("#door-rows button.door-act");
}

const complaints = [];
const first = await telephone("light");
const page = await door(first, complaints);
await page.waitForFunction((count) => document.querySelector('[data-count="hall"]').textContent === count, task.begin, { timeout: wait });
await shot(page, "1-begin");

// The ticket before the camera.
const loadedBefore = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => /qr-/.test(one.name)).length);
const began = Date.now();
await page.click("#door-start");
await page.waitForSelector("#door-answer.is-good", { timeout: wait });
tell({ step: "camera", said: await said(page), took: Date.now() - began, loadedBefore, wide: await wide(page) });
await shot(page, "2-camera");
await page.click("#door-start");
await counts(page, task.counts[0]);

// The connection is gone: names are noted here.
await first.setOffline(true);
for (const name of task.offline) {
  await here(page, name);
  await page.waitForSelector("#door-answer.is-noted");
}
await page.waitForSelector("#door-line.is-off");
tell({ step: "offline", said: await said(page), unsent: await page.innerText("#door-unsent"), kept: await unsent(page), wide: await wide(page) });
await shot(page, "3-offline");

// It is back, but the first answer is lost on the way.
let lost = 0;
await page.route("**/door/arrivals", async (route) => {
  if (lost++ > 0) return route.continue();
  await route.fetch();
  await route.abort();
});
await first.setOffline(false);
await page.waitForSelector("#door-unsent", { state: "hidden", timeout: wait });
await counts(page, task.counts[1]);
tell({ step: "back", posts: lost, count: await count(page), look: await page.isVisible("#door-look"), kept: await unsent(page) });

// What was noted outlives the page.
await first.setOffline(true);
await here(page, task.closing);
await page.waitForSelector("#door-answer.is-noted");
await page.close({ runBeforeUnload: false });
await first.setOffline(false);
const again = await door(first, complaints);
await counts(again, task.counts[2]);
tell({ step: "reopened", count: await count(again), kept: await unsent(again) });

// Another telephone, in the dark: it hears of the first and the first of it.
const second = await telephone("dark");
const other = await door(second, complaints);
await counts(other, task.counts[2]);
await other.fill("#q", task.offline[0]);
await other.waitForSelector("#door-rows .chip-held");
await shot(other, "4-dark-names");
await other.click("#door-rows button");
await has(other, "Taken back");
await counts(again, task.counts[1]);
await other.click("#door-walk-in summary");
await other.fill("#new-name", task.walkIn);
await other.check("#door-walk-in input[name=consent]");
await shot(other, "5-dark-walk-in");
await other.click("#door-walk-in button[type=submit]");
await has(other, task.walkIn);
await counts(again, task.counts[3]);

// A walk-in without a connection: noted here, entered later, once, though the first answer is lost.
await first.setOffline(true);
await again.click("#door-walk-in summary");
await again.fill("#new-name", task.offlineWalkIn);
await again.check("#door-walk-in input[name=consent]");
await again.click("#door-walk-in button[type=submit]");
await again.waitForSelector("#door-answer.is-noted");
await again.waitForSelector("#door-line.is-off");
const waits = await again.innerText("#door-unsent");
await shot(again, "7-walk-in-offline");
let entered = 0;
await again.route("**/door/walk-ins", async (route) => {
  if (entered++ > 0) return route.continue();
  await route.fetch();
  await route.abort();
});
await first.setOffline(false);
await again.waitForSelector("#door-unsent", { state: "hidden", timeout: wait });
await counts(again, task.counts[4]);
tell({ step: "walk-in offline", waits, posts: entered, said: await said(again), kept: await unsent(again) });

// The same, but the other telephone takes it back before it comes again: nobody is told that they are here.
await again.unroute("**/door/walk-ins");
let sent = 0, held = true;
await again.route("**/door/walk-ins", async (route) => {
  if (sent++ > 0) return held ? route.abort() : route.continue();
  await route.fetch();
  await route.abort();
});
await again.click("#door-walk-in summary");
await again.fill("#new-name", task.takenBack);
await again.check("#door-walk-in input[name=consent]");
await again.click("#door-walk-in button[type=submit]");
await other.fill("#q", task.takenBack);
await other.waitForSelector("#door-rows .chip-held", { timeout: wait });
await other.click("#door-rows button");
await has(other, "Taken back");
held = false;
await has(again, "Not counted");
tell({ step: "walk-in taken back", said: await said(again), kept: await unsent(again) });
await other.click("#door-rows button.door-act");
await counts(again, task.counts[5]);

await other.click("#door-walk-in summary");
await other.fill("#new-name", "Nobody Has-Room");
await other.check("#door-walk-in input[name=consent]");
await other.click("#door-walk-in button[type=submit]");
await other.waitForFunction(() => document.getElementById("door-problem").textContent !== "", null, { timeout: wait });
tell({ step: "walk-ins", problem: await other.innerText("#door-problem"), count: await count(again), typed: await other.inputValue("#new-name") });
await shot(other, "6-dark-full");

// Without a connection nobody knows that every place is taken: whoever was noted is not forgotten by itself.
await first.setOffline(true);
await again.click("#door-walk-in summary");
await again.fill("#new-name", "Nobody Has-Room");
await again.check("#door-walk-in input[name=consent]");
await again.click("#door-walk-in button[type=submit]");
await again.waitForSelector("#door-line.is-off");
await again.fill("#q", "");
await here(again, task.offline[0]);
await first.setOffline(false);
await again.waitForSelector("#door-look button", { timeout: wait });
await shot(again, "8-refused-later");
const look = await again.innerText("#door-look");
await again.click("#door-look button >> nth=1");
await again.waitForSelector("#door-look", { state: "hidden", timeout: wait });
tell({ step: "refused later", look, kept: await unsent(again) });
tell({ complaints });
await leave(browser);
