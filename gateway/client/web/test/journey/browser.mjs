// What the journeys share: a browser, pages of new players, pictures, and what is wrong with a page.
import { analyze } from "./axe.mjs";
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { afterEach } from "node:test";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";

export const url = process.env.ROOKERY_URL ?? "http://127.0.0.1:8080";
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };
const PATIENCE_MILLIS = 60_000;
const PICTURES = "target/screenshots";

const executablePath = process.env.ROOKERY_CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

export async function launch() {
  mkdirSync(PICTURES, { recursive: true });
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** What no page must say, of all pages that the journey has opened. */
const complaints = [];
afterEach(() => assert.deepEqual(complaints.splice(0), []));

/** A page of its own context. */
export async function open(browser, options = {}, address = url) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-IE", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MILLIS);
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) {
      complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  await page.goto(address);
  return { page };
}

export async function signIn(page, player = `p-${randomUUID().slice(0, 8)}`) {
  await page.getByLabel("Player").fill(player);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await online(page);
  return player;
}

export const online = (page) => page.getByTestId("connection").filter({ hasText: "Connected" }).waitFor();

export const visit = (page, name) => page.getByRole("link", { name, exact: true }).click();

export async function deposit(page, amount) {
  await visit(page, "Wallet");
  await page.getByLabel("Amount (EUR)").fill(amount);
  await page.getByRole("button", { name: "Deposit" }).click();
}

export const balance = (page, amount) => page.getByTestId("balance").filter({ hasText: amount }).waitFor();

export const notice = (page, text) => page.getByTestId("notice").filter({ hasText: text }).first().waitFor();

/** For what happens beside the page. */
export async function until(holds) {
  const end = Date.now() + PATIENCE_MILLIS;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error(`${holds}: not within ${PATIENCE_MILLIS} ms`);
    }
    await setTimeout(50);
  }
}

export const picture = (page, name) => page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });

/** What axe finds that is serious or critical. */
export async function flaws(page) {
  const { violations } = await analyze(page);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
