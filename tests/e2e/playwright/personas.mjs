// The first ten minutes of people who meet the program: what each does is an act, played by tests/e2e/personas.py between
// changes of the clock. After each step the page is kept as a picture at three widths, light and dark; what is wider than
// its screen and what the console says is told.
import { execFileSync } from "node:child_process";
import { asked, launch, leave, sizes, tell } from "./chromium.mjs";

const task = await asked();
const browser = await launch();

async function somebody(size, javaScriptEnabled = true) {
  const [width, height] = sizes[size];
  const context = await browser.newContext({ locale: "uk", viewport: { width, height }, javaScriptEnabled,
                                             hasTouch: size === "phone", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.home = size;
  page.on("console", (message) => message.type() === "error" && tell({ complaint: message.text(), at: page.url() }));
  page.on("pageerror", (error) => tell({ complaint: String(error), at: page.url() }));
  return page;
}

async function keep(page, name) {
  for (const [size, [width, height]] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${task.shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    tell({ shot: name, size, wider: await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) });
  }
  await page.emulateMedia({ colorScheme: "light" });
  const [width, height] = sizes[page.home];
  await page.setViewportSize({ width, height });
}

const visit = (page, path) => page.goto(path.startsWith("http") ? path : task.base + path);
const says = (page) => page.innerText("main");

async function press(page, selector) {
  await Promise.all([page.waitForEvent("load"), page.click(selector)]);
}

async function signIn(page, login) {
  await visit(page, "/login");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", task.password);
  await press(page, "main form button");
}

const acts = {
  // Pastes the plan, looks at it, enters it, names the day of a row that has a month, signs, prints.
  async chair() {
    const page = await somebody("desk");
    await keep(page.url() === "about:blank" ? (await visit(page, "/login"), page) : page, "01-sign-in");
    await signIn(page, "chair@example.org");
    await visit(page, "/manage/intake");
    await keep(page, "02-intake");
    await page.fill("#text", task.plan);
    await press(page, ".intake-start button");
    tell({ preview: await says(page) });
    await keep(page, "03-preview");
    await press(page, ".intake-enter button");
    if (page.url().endsWith("/past")) {
      await keep(page, "04-past");
      await press(page, "form .field-buttons button");
    }
    tell({ plan: new URL(page.url()).pathname, text: await says(page) });
    await visit(page, "/manage/plans/1");
    await keep(page, "05-table");
    const row = page.locator("tr[data-row]", { hasText: task.row }).first();
    await row.locator("a.edit").click();
    await page.waitForSelector("#row-form");
    await page.fill("#f-period", task.day);
    await page.waitForFunction((words) => document.querySelector("#reading").textContent.includes(words), task.reading);
    await keep(page, "06-row-open");
    await press(page, "#row-form button[value=save]");
    await keep(page, "07-row-saved");
    await visit(page, "/plans/1");
    await keep(page, "08-plan");
    await page.emulateMedia({ media: "print" });
    const printed = await page.pdf({ preferCSSPageSize: true });
    tell({ printed: printed.length, shown: await page.evaluate(() =>
      ["header.top", "footer.bottom", ".no-print"].filter((part) => [...document.querySelectorAll(part)].some((one) => one.offsetParent))) });
    await page.emulateMedia({ media: "screen" });
    await visit(page, "/manage");
    await keep(page, "09-control");
    tell({ control: await says(page) });
  },
  // A telephone's camera reads the poster, and the page behind it has the calendar.
  async subscriber() {
    const wall = await somebody("desk");
    await visit(wall, "/subscribe/poster");
    await keep(wall, "10-poster");
    await wall.locator(".code").screenshot({ path: `${task.shots}/code.png` });
    const read = execFileSync("zbarimg", ["--quiet", "--raw", "--nodbus", `${task.shots}/code.png`]).toString().trim();
    const phone = await somebody("phone");
    await visit(phone, read);
    await keep(phone, "11-subscribe");
    tell({ read, calendar: await phone.getAttribute("a[href^='webcal:']", "href") });
  },
  // Answers the mail on a telephone.
  async responsible() {
    const page = await somebody("phone");
    await visit(page, task.link);
    await keep(page, "12-answer");
    await press(page, ".answer-buttons button");
    await keep(page, "13-answered");
    tell({ answered: await says(page) });
  },
  // Approves the plan on a tablet, and sees the month.
  async director() {
    const page = await somebody("tablet");
    await signIn(page, "director@example.org");
    await visit(page, "/plans/1");
    await keep(page, "14-to-approve");
    await page.fill("#approve-post", "Директор");
    await press(page, ".approve-form button");
    await keep(page, "15-approved");
    tell({ approved: await says(page) });
    await visit(page, "/calendar?from=2024-11");
    await keep(page, "16-month");
    await visit(page, "/plans/1/report");
    await keep(page, "17-report");
    tell({ report: await says(page) });
  },
  // A calendar of one's own, without a script.
  async librarian() {
    const page = await somebody("phone", false);
    await signIn(page, "librarian@example.org");
    await visit(page, "/my");
    await keep(page, "18-my-work");
    await visit(page, "/calendars");
    await keep(page, "19-calendars");
    await page.fill("#name", "Мій телефон");
    await press(page, "main form button");
    await keep(page, "20-calendar-made");
    tell({ address: await page.inputValue("#address") });
    await visit(page, "/search?q=" + encodeURIComponent("круглии стіл"));
    await keep(page, "21-search");
    await visit(page, "/");
    await keep(page, "22-home");
  },
};

for (const act of task.acts) await acts[act]();
await leave(browser);
