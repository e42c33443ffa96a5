// The page in headless Chromium against a real server: npm run browser. Screenshots go to server/target/page.
// Without a Chromium, in CHROMIUM or at a usual place, it says so and ends well.
import axe from "axe-core";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { prepare, serve, target, TOKEN } from "./service.mjs";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((path) => path && existsSync(path));
const VIEWS = ["suggest", "compare", "labels", "anchors", "report", "metrics"];
const TEXT =
  "Birds of the northern forests. How climate change alters the migration of birds in Finland and Lapland,"
  + " and what that means for hunting, forestry and nature conservation.";

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

let server;
let browser;

/** A page that fails the test when it asks anybody else, or complains. */
async function open(view, options = DESKTOP, { errors = false, prepared = async () => {} } = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.address) && !url.startsWith("data:")) problems.push(`asked ${url}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !errors) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`threw: ${error.stack}`));
  page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  await prepared(page);
  await page.goto(`${server.address}#/${view}`);
  await page.waitForSelector("header nav, [role=alert]");
  return {
    page,
    done: async () => {
      await context.close();
      assert.deepEqual(problems, []);
    },
  };
}

async function ask(page, text = TEXT) {
  await page.getByRole("textbox", { name: "Text" }).fill(text);
  await page.waitForSelector(".suggestion:not(.stale *)");
  await page.waitForSelector(".why .marked");
  await page.waitForFunction(() => !document.querySelector(".stale, [aria-busy=true]"));
}

async function accessible(page, what) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      iframes: false,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
  const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
  assert.deepEqual(told, [], what);
}

const shot = (page, name, fullPage = true) => page.screenshot({ path: `${target}${name}.png`, fullPage });

/** Opens a view and waits until nothing is being asked. */
async function move(page, view) {
  await page.goto(`${server.address}#/${view}`);
  await page.waitForTimeout(400); // by then what is slow shows that it waits
  await page.waitForFunction(() => !document.querySelector(".stale, .waiting, [aria-busy=true]"));
}

/** What is wider than the window, if the page scrolls sideways. */
const overflow = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 0.5);
  return ["sideways", ...wide.map((one) => one.outerHTML.slice(0, 80))];
});

const said = (page) => page.locator("[role=status]").textContent();

describe("the page", { skip: executablePath ? false : "no Chromium found" }, () => {
  before(async () => {
    server = await serve(prepare());
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  after(async () => {
    await browser?.close();
    server?.stop();
  });

  test("suggests labels and says why", async () => {
    const { page, done } = await open("suggest");
    await shot(page, "empty");
    await ask(page);
    assert.equal(await page.locator(".suggestion").count(), 10);
    assert.match(await page.locator(".suggestion").first().textContent(), /birds.*%/s);
    assert.match(await said(page), /^10 suggestions, the first is /);
    assert.equal(await page.locator(".marked").textContent(), TEXT);
    assert.ok((await page.locator("mark.for").count()) >= 3);
    const first = await page.locator("#why-title").textContent();
    await page.locator(".pick").nth(1).click();
    await page.waitForFunction((before) => document.querySelector("#why-title").textContent !== before, first);
    assert.equal(await page.locator(".pick").nth(1).getAttribute("aria-pressed"), "true");
    await page.locator(".pick").first().click();
    await page.waitForSelector(".why div:not(.stale) .parts");
    const values = await page.locator(".parts tbody .number").allTextContents();
    const sum = values.reduce((all, value) => all + Number(value.replace("\u2212", "-")), 0);
    const score = Number((await page.locator(".parts tfoot .number").textContent()).replace("\u2212", "-"));
    assert.ok(Math.abs(sum - score) < 0.1, `${sum} and ${score}`);
    await accessible(page, "suggestions");
    await shot(page, "suggest");
    await done();
  });

  test("says why not", async () => {
    const { page, done } = await open("suggest");
    await ask(page);
    const field = page.getByRole("combobox", { name: "Another label" });
    await field.pressSequentially("violin");
    await page.waitForSelector("[role=option]:has-text('violin')");
    await accessible(page, "list of labels");
    await field.press("ArrowDown");
    await field.press("ArrowUp");
    await field.press("Enter");
    await page.waitForSelector(".why .note:has-text('Words that would have spoken for it')");
    assert.match(await page.locator("#why-title").textContent(), /violin/);
    assert.equal(await page.locator(".suggestion.added").count(), 1);
    await shot(page, "why-not");
    await page.getByRole("button", { name: /^Remove violin/ }).click();
    assert.equal(await page.locator(".suggestion.added").count(), 0);
    await done();
  });

  test("says when the server takes no feedback", async () => {
    const without = { functions: { feedback: false, undoFeedback: false } };
    const { page, done } = await open("suggest", DESKTOP, {
      prepared: async (opened) => {
        const real = await opened.request.get(`${server.address}v1/service`).then((answer) => answer.json());
        await opened.route("**/v1/service", (route) => route.fulfill({ json: { ...real, ...without } }));
      },
    });
    await ask(page);
    const accept = page.getByRole("button", { name: /^Accept / }).first();
    assert.equal(await accept.getAttribute("aria-disabled"), "true");
    await accept.click({ force: true });
    assert.equal(await accept.getAttribute("aria-pressed"), "false");
    assert.match(await page.locator("#feedback-off").textContent(), /does not take feedback/);
    await done();
  });

  test("sends what was accepted and rejected, with the token of this tab only", async () => {
    const { page, done } = await open("suggest", DESKTOP, { errors: true });
    await ask(page);
    const ids = (await page.locator(".suggestion .id").allTextContents()).map((id) => `<${id}>`);
    await page.getByRole("button", { name: /^Accept / }).first().click();
    await page.getByRole("button", { name: /^Reject / }).nth(3).click();
    assert.match(await page.locator(".send").textContent(), /1 label accepted, 1 label rejected/);
    await shot(page, "feedback");
    await page.getByRole("button", { name: "Send feedback" }).click();
    await page.waitForSelector("dialog[open]");
    await accessible(page, "the token's dialog");
    await shot(page, "token", false);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    await page.getByRole("button", { name: "Send feedback" }).click();
    await page.getByLabel("Token", { exact: true }).fill("a-wrong-token-of-16");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog [role=alert]");
    await page.getByLabel("Token", { exact: true }).fill(TOKEN);
    const sent = page.waitForRequest((request) =>
      request.url().endsWith("/v1/models/small/feedback")
      && request.headers().authorization === `Bearer ${TOKEN}`);
    await page.keyboard.press("Enter");
    assert.deepEqual((await sent).postDataJSON(), { text: TEXT, accepted: [ids[0]], rejected: [ids[3]] });
    await page.waitForSelector(".send.done");
    assert.equal(await said(page), "Feedback sent.");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Sent: 1 label accepted/);
    const kept = await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]);
    assert.deepEqual(kept, [1, 0, ""]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForSelector(".send", { state: "detached" });
    assert.equal(await said(page), "The last feedback is taken back.");
    await done();
  });

  test("compares two models", async () => {
    const { page, done } = await open("compare");
    await page.getByRole("textbox", { name: "Text" }).fill(TEXT);
    await page.waitForSelector(".pair section:nth-child(2) .suggestion");
    await page.waitForSelector(".summary");
    const names = await page.locator(".pair select").evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(names, ["small", "anchors"]);
    assert.match(await page.locator(".summary").textContent(), /of 10 labels of small and of 10 of anchors are the same/);
    assert.ok((await page.locator(".pair section:nth-child(2) .number").first().textContent()).indexOf("%") < 0);
    await page.locator(".pair .pick").first().click();
    await page.waitForSelector(".pair .why:nth-of-type(4) .marked, .pair .why:nth-of-type(4) .soft");
    await accessible(page, "comparison");
    await shot(page, "compare");
    await done();
  });

  test("shows labels in pages and finds them", async () => {
    const { page, done } = await open("labels");
    await page.waitForSelector(".labels tbody tr");
    assert.equal(await page.locator(".labels tbody tr").count(), 25);
    const first = await page.locator(".labels th .name").first().textContent();
    await page.getByRole("button", { name: "Next" }).click();
    await page.waitForSelector(".pager:has-text('26')");
    assert.notEqual(await page.locator(".labels th .name").first().textContent(), first);
    await page.getByRole("searchbox").fill("forest");
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".labels th .name")].every((name) => name.textContent.includes("forest")));
    assert.match(await said(page), /^\d+ labels$/);
    await accessible(page, "labels");
    await shot(page, "labels");
    await page.getByRole("searchbox").fill("nosuchlabel");
    await page.waitForSelector(".empty");
    await page.getByRole("searchbox").fill("forests");
    await page.getByRole("button", { name: /^Explain forests for my text/ }).click();
    await page.waitForSelector("h1:has-text('Suggest')");
    await ask(page);
    assert.match(await page.locator("#why-title").textContent(), /forests/);
    await done();
  });

  test("shows anchors, or says that there are none", async () => {
    const { page, done } = await open("anchors/anchors");
    await page.waitForSelector(".anchor");
    assert.equal(await page.locator(".anchor").count(), 12);
    assert.ok((await page.locator(".anchor").first().locator("tr").count()) > 3);
    await accessible(page, "anchors");
    await shot(page, "anchors");
    await page.getByLabel("Model").selectOption("small");
    await page.waitForSelector(".empty:has-text('has no anchors')");
    await done();
  });

  test("shows the report in a sandbox", async () => {
    const { page, done } = await open("report/small");
    const frame = page.frameLocator("iframe.report");
    await frame.locator("h1").waitFor();
    assert.equal(await frame.locator("body").evaluate(() => window.origin), "null");
    await frame.locator("#label-table tbody tr").first().waitFor(); // which its script makes
    await accessible(page, "report");
    await shot(page, "report");
    await page.goto(`${server.address}#/report/anchors`);
    await page.waitForSelector(".empty:has-text('No report of this model')");
    await done();
  });

  test("shows what the server does", async () => {
    const { page, done } = await open("metrics");
    for (let i = 0; i < 30; i++) {
      await page.request.post(`${server.address}v1/models/small/suggest`, { data: { text: `${TEXT} ${i}` } });
      if (i % 5 === 0) await page.waitForTimeout(700);
    }
    await page.waitForFunction(() => /ms/.test(document.querySelectorAll(".figure")[1]?.textContent ?? ""));
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".wide tr")].some((row) => /suggest.*200/.test(row.textContent)));
    await page.getByRole("button", { name: "Pause" }).click();
    await accessible(page, "figures");
    await shot(page, "metrics");
    await done();
  });

  test("is dark where that is wished", async () => {
    const { page, done } = await open("suggest", { ...DESKTOP, colorScheme: "dark" });
    await ask(page);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
    assert.ok(Math.max(...paper) < 60, String(paper));
    await accessible(page, "dark suggestions");
    await shot(page, "suggest-dark");
    for (const view of VIEWS.slice(1)) {
      await move(page, `${view}/anchors`);
      await accessible(page, `dark ${view}`);
    }
    await shot(page, "metrics-dark");
    await done();
  });

  test("fits a phone, and a narrower one", async () => {
    const { page, done } = await open("suggest", PHONE);
    await ask(page);
    await shot(page, "phone");
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      for (const view of VIEWS) {
        await move(page, `${view}/anchors`);
        assert.deepEqual(await overflow(page), [], `${view} at ${width} pixels`);
        await accessible(page, `${view} at ${width} pixels`);
        if (width === 390 && view !== "suggest") await shot(page, `phone-${view}`);
      }
    }
    await done();
  });

  test("is used by keys alone", async () => {
    const { page, done } = await open("suggest", DESKTOP);
    const focused = () => page.evaluate(() => {
      const at = document.activeElement;
      return `${at.getAttribute("aria-label") ?? at.textContent.trim()} ${at.tagName}`.trim();
    });
    const tabTo = async (wanted) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        if (wanted.test(await focused())) return;
      }
      assert.fail(`no key leads to ${wanted}`);
    };
    await page.keyboard.press("Tab");
    assert.match(await focused(), /^Skip to the content/);
    await page.keyboard.press("Enter");
    assert.match(await focused(), / MAIN$/);
    await tabTo(/TEXTAREA$/);
    await page.keyboard.type(TEXT);
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".why .marked");
    await tabTo(/^Accept /);
    await page.keyboard.press("Space");
    assert.equal(await page.locator(".suggestion.accepted").count(), 1);
    const before = await page.locator("#why-title").textContent();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction((was) => document.querySelector("#why-title").textContent !== was, before);
    await tabTo(/^Send feedback/);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, "solid");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    assert.match(await focused(), /INPUT$/);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    assert.match(await focused(), /^Send feedback/);
    await page.keyboard.press("Home");
    for (let i = 0; i < 80 && !/^Metrics A$/.test(await focused()); i++) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Metrics')");
    await page.waitForFunction(() => document.activeElement.tagName === "H1");
    await done();
  });

  test("says what went wrong, and tries again", async () => {
    const { page, done } = await open("suggest", DESKTOP, { errors: true });
    await page.route("**/suggest", (route) => route.abort());
    await page.getByRole("textbox", { name: "Text" }).fill(TEXT);
    await page.waitForSelector("[role=alert]:has-text('No connection')");
    await accessible(page, "no connection");
    await shot(page, "unreachable");
    await page.unroute("**/suggest");
    await page.route("**/suggest", (route) => route.fulfill({
      status: 503,
      json: { error: { code: "queue-full", message: "as many requests wait as may", requestId: "abc" } },
    }));
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector("[role=alert]:has-text('The server is busy')");
    await page.unroute("**/suggest");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector(".suggestion");
    await done();
    const refused = await open("suggest", DESKTOP, {
      errors: true,
      prepared: (opened) => opened.route("**/v1/service", (route) => route.abort()),
    });
    await refused.page.waitForSelector("[role=alert]");
    await refused.page.unroute("**/v1/service");
    await refused.page.getByRole("button", { name: "Try again" }).click();
    await refused.page.waitForSelector("textarea");
    await refused.done();
  });

  test("knows empty, long and hostile texts", async () => {
    const { page, done } = await open("suggest");
    const field = page.getByRole("textbox", { name: "Text" });
    await field.fill("xyzzyq qwrtzz");
    await page.waitForSelector(".empty:has-text('Nothing to suggest')");
    await shot(page, "nothing");
    await field.fill("a".repeat(20001));
    await page.waitForSelector(".wrong:has-text('20,001 characters; this server takes 20,000')");
    assert.ok(await page.getByRole("button", { name: "Suggest" }).isDisabled());
    const hostile = "<img src=x onerror=alert(1)> birds & <script>alert(2)</script> forests \u0000 \ud83d\udc26 birds";
    await ask(page, hostile);
    assert.equal(await page.locator(".marked img, .marked script").count(), 0);
    const long = `${TEXT} `.repeat(100).trim();
    await ask(page, long);
    await page.getByRole("button", { name: /^Show all .* characters/ }).click();
    assert.equal(await page.locator(".marked").textContent(), long);
    await done();
  });

  test("has room for long names and models that are not calibrated", async () => {
    const name = "Rechtsschutzversicherungsgesellschaften".repeat(6);
    const suggestions = [3, 1, -1].map((score) => ({ id: `<http://example.org/${name}/${score}>`, name, score }));
    const { page, done } = await open("suggest/anchors", { viewport: { width: 360, height: 800 } }, {
      prepared: async (opened) => {
        await opened.route("**/suggest", (route) => route.fulfill({ json: { model: "anchors", suggestions } }));
        await opened.route("**/explain", (route) => route.fulfill({ json: { model: "anchors", labels: [] } }));
      },
    });
    await page.getByRole("textbox", { name: "Text" }).fill("birds");
    await page.waitForSelector(".suggestion");
    assert.deepEqual(await overflow(page), []);
    assert.match(await page.locator(".list").textContent(), /not calibrated/);
    const widths = await page.locator(".bar span").evaluateAll((all) => all.map((one) => one.style.width));
    assert.deepEqual(widths, ["100%", "50%", "0%"]);
    await shot(page, "long-names");
    await done();
  });
});
