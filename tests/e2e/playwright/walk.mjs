// Opens every page it is given, each in its role, and tells what a browser can say of it: what axe-core finds in both
// colour schemes on a telephone and on a desk (in further languages on a telephone alone), what was fetched and from whom, what the console and the content policy
// complained of, whether anything is wider than the screen, and what is there without JavaScript.
// It judges nothing: tests/e2e/every_page.py does. One JSON line a page.
import { readFileSync } from "node:fs";
import { asked, launch, leave, sizes, tell } from "./chromium.mjs";

const task = await asked();
const axe = readFileSync(process.env.CONVOKE_AXE, "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// Colours are all that changes between the schemes.
const coloursAlone = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
                       resultTypes: ["violations"] };
const everything = { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] };

// Words and the room they need are all that changes between the languages.
const wordsAlone = { runOnly: { type: "rule", values: ["target-size", "html-has-lang", "html-lang-valid", "valid-lang",
                       "document-title", "label", "select-name", "button-name", "link-name", "input-button-name",
                       "aria-command-name", "aria-input-field-name", "summary-name", "image-alt", "empty-heading",
                       "label-content-name-mismatch", "aria-valid-attr-value", "link-in-text-block"] },
                     resultTypes: ["violations"] };

const patience = 60_000;  // milliseconds for a page
const browser = await launch();

// The page as it was sent: forms that were refused have pages of their own, which no address opens.
async function go(page, entry) {
  if (entry.fields) {
    const body = new URLSearchParams(entry.fields).toString();
    await page.route((url) => url.pathname === entry.path.split("?")[0], (route) => route.request().isNavigationRequest()
      ? route.continue({ method: "POST", postData: body, headers: { ...route.request().headers(),
          "content-type": "application/x-www-form-urlencoded", origin: entry.base, "sec-fetch-site": "same-origin" } })
      : route.continue(), { times: 1 });
  }
  return page.goto(entry.base + entry.path, { waitUntil: "load" });
}

async function contextOf(role, language, javaScriptEnabled) {
  const context = await browser.newContext({
    locale: language, javaScriptEnabled,
    viewport: language === task.language ? { width: sizes.desk[0], height: sizes.desk[1] } : { width: sizes.phone[0], height: sizes.phone[1] },
    reducedMotion: "reduce",
  });
  const host = new URL(task.base).hostname;
  const cookies = { ...task.roles[role], ...(language === task.language ? {} : { lang: language }) };
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, domain: host, path: "/" })));
  return context;
}

async function audit(page, options) {
  const found = await page.evaluate((chosen) => globalThis.axe.run(document, chosen), options);
  return found.violations.map(({ id, impact, help, nodes }) => ({
    rule: id, impact, help, nodes: nodes.slice(0, 4).map(({ target, html, any }) => ({
      target: target.join(" "), html: html.slice(0, 160), why: (any[0] || {}).message || "" })),
  }));
}

async function visit(contexts, entry) {
  const told = { ...entry, fields: undefined, violations: [], console: [], foreign: [], bytes: 0, requests: 0, wider: {} };
  const began = Date.now();
  const page = await (await contexts(entry.role, entry.language || task.language, true)).newPage();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Network.enable");
  await protocol.send("Network.setCacheDisabled", { cacheDisabled: true });
  const seen = (line) => told.console.push(line.slice(0, 300));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen(message.text()));
  page.on("pageerror", (error) => seen(String(error)));
  page.on("dialog", (dialog) => seen("a dialog: " + dialog.message()));
  protocol.on("Network.requestWillBeSent", ({ request }) => {
    if (!request.url.startsWith(entry.base + "/") && !request.url.startsWith("data:")) told.foreign.push(request.url);
    told.requests += 1;
  });
  protocol.on("Network.loadingFinished", ({ encodedDataLength }) => { told.bytes += encodedDataLength; });
  if (!entry.language) await protocol.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  try {
    const answer = await go(page, entry);
    told.status = answer.status();
    told.speaks = await page.evaluate(() => document.documentElement.lang);
    // A component that waits for its entries before it takes its place.
    await page.waitForFunction(() => !document.querySelector(".is-starting"));
    told.paint = await page.evaluate(() => new Promise((done) => {
      let largest = 0, shifts = 0;
      new PerformanceObserver((list) => { for (const one of list.getEntries()) largest = one.startTime; })
        .observe({ type: "largest-contentful-paint", buffered: true });
      new PerformanceObserver((list) => { for (const one of list.getEntries()) shifts += one.value; })
        .observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => setTimeout(() => done({ largest: Math.round(largest), shifts }), 0));
    }));
    if (!entry.language) await protocol.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    told.scripts = await page.evaluate(() => document.scripts.length);
    // Past the content policy, as an inspector is; the page itself was loaded under it.
    await protocol.send("Runtime.evaluate", { expression: axe });
    const looked = entry.language ? [["phone", sizes.phone]] : [["desk", sizes.desk], ["phone", sizes.phone]];
    for (const [size, [width, height]] of looked) {
      if (!entry.language) await page.setViewportSize({ width, height });
      for (const scheme of entry.language ? ["light"] : ["light", "dark"]) {
        if (!entry.language) await page.emulateMedia({ colorScheme: scheme });
        const found = await audit(page, entry.language ? wordsAlone : scheme === "light" ? everything : coloursAlone);
        told.violations.push(...found.map((one) => ({ ...one, size, scheme })));
      }
      told.wider[size] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    }
    if (told.scripts > 0 && !entry.fields && !entry.language) told.without = await withoutScripts(contexts, page, entry);
    if (answer.status() >= 400)  // the browser itself notes such an answer
      told.console = told.console.filter((line) => !/^Failed to load resource: the server responded with a status of 4/.test(line));
  } catch (error) {
    told.error = String(error).slice(0, 800);
  }
  await page.close();
  told.took = Date.now() - began;
  return told;
}

// What a browser without JavaScript has: the words of the page, the ways to act, and whether it painted.
async function withoutScripts(contexts, scripted, entry) {
  const described = () => ({
    words: document.querySelector("main, body").innerText.length,
    controls: document.querySelectorAll("main form button, main form input, main form select, main form textarea").length,
    forms: [...document.querySelectorAll("main form")].every((form) =>
      [...form.elements].every((one) => one.type === "hidden") || [...form.elements].some((one) => one.type === "submit")),
    painted: performance.getEntriesByName("first-contentful-paint").length,
  });
  const page = await (await contexts(entry.role, task.language, false)).newPage();
  await go(page, entry);
  await page.screenshot({ clip: { x: 0, y: 0, width: 8, height: 8 } });  // not before it has painted
  const plain = await page.evaluate(described);
  await page.close();
  return { plain, scripted: await scripted.evaluate(described) };
}

async function worker(queue) {
  const made = new Map();
  const contexts = async (role, language, scripts) => {
    const name = `${role} ${language} ${scripts}`;
    if (!made.has(name)) made.set(name, await contextOf(role, language, scripts));
    return made.get(name);
  };
  for (let entry = queue.shift(); entry; entry = queue.shift()) {
    let watch;
    const late = new Promise((done) => { watch = setTimeout(() => done({ ...entry, error: "no end of it" }), patience); });
    tell(await Promise.race([visit(contexts, entry), late]));
    clearTimeout(watch);
  }
}

const queue = task.pages.map((entry) => ({ base: task.base, ...entry }));
await Promise.all(Array.from({ length: task.workers }, () => worker(queue)));
await leave(browser);
