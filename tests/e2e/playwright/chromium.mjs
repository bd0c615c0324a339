// Debian's Chromium driven by playwright-core; both are found by the environment that tests/e2e/playwright.py sets.
import { pathToFileURL } from "node:url";

const { chromium } = await import(pathToFileURL(process.env.CONVOKE_PLAYWRIGHT));

export const sizes = { phone: [375, 812], tablet: [768, 1024], desk: [1440, 900] };

// `more`: switches that a script needs beside them.
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CONVOKE_CHROMIUM,
    args: ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
           "--disable-sync", "--disable-extensions", "--hide-scrollbars", ...more],
    chromiumSandbox: false,
  });
}

// What the script was asked, one JSON document on standard input.
export async function asked() {
  let text = "";
  for await (const part of process.stdin) text += part;
  return JSON.parse(text);
}

export function tell(line) { process.stdout.write(JSON.stringify(line) + "\n"); }

// Everything was told: the browser's own goodbye is not waited for longer than it takes a healthy one.
export async function leave(browser) {
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 5000))]);
  process.exit(0);
}
