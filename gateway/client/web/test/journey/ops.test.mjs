// The operators' page against a whole platform, started with windows so short that functions go to zero within minutes:
// ROOKERY_URL is where players connect, ROOKERY_OPS_URL where the page is served at /ops/.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { balance, deposit, DESKTOP, flaws, launch, online, open, PHONE, picture, signIn } from "./browser.mjs";

const url = process.env.ROOKERY_OPS_URL;
const options = { skip: url === undefined && "ROOKERY_OPS_URL is not set" };
const TO_ZERO_MILLIS = 240_000;
const WAYS = ["gateway", "kafka", "dispatcher", "function", "ledger", "redis"];

let browser;
before(async () => (browser = options.skip ? undefined : await launch()));
after(() => browser?.close());

const openOps = (hash = "", settings = {}) => open(browser, settings, `${url}/ops/${hash}`);

/** A player in the players' page, and the commands that the page sends from then on. */
async function player() {
  const { page } = await open(browser);
  const commands = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const frame = JSON.parse(payload.toString());
      if (frame.op === "command") {
        commands.push(frame);
      }
    }),
  );
  const name = await signIn(page);
  return { page, name, commands };
}

const ready = (page, name, many) =>
  page.getByTestId(`ready-${name}`).filter({ hasText: new RegExp(`^${many}$`) }).waitFor({ timeout: TO_ZERO_MILLIS });

const numberIn = async (locator) => Number((await locator.innerText()).replaceAll(",", ""));

async function connections(page) {
  const told = await page.getByTestId("connections").allInnerTexts();
  return told.reduce((sum, text) => sum + (Number(text.replaceAll(",", "")) || 0), 0);
}

async function lookUp(page, command) {
  await page.getByLabel("Its id, or player/id").fill(command);
  await page.getByRole("button", { name: "Look up" }).click();
}

test("a deposit is seen: its connection, its instance, and its trip from hop to hop", options, async () => {
  const { page: ops } = await openOps();
  const { page, name, commands } = await player();
  await deposit(page, "10");
  await ready(ops, "wallet", 1);
  await balance(page, "€10.00");
  const command = commands.find(({ type }) => type === "wallet.deposit");
  assert.ok((await connections(ops)) >= 1);

  await lookUp(ops, `${name}/${command.id}`);
  await ops.getByTestId("trip").waitFor();

  const hops = await ops.getByTestId("hop-where").allInnerTexts();
  assert.deepEqual([...new Set(hops)], WAYS, hops.join(", "));
  assert.match(await ops.getByTestId("trip-trace").innerText(), /^[0-9a-f]{32}$/);
  assert.match(await ops.getByTestId("trip-ending").innerText(), /^done, /);
  assert.match(await ops.getByTestId("trip").innerText(), /The longest step, .* of the trip/);
  assert.ok(ops.url().endsWith(`/ops/#trip=${encodeURIComponent(`${name}/${command.id}`)}`), ops.url());

  const { page: shared } = await openOps(new URL(ops.url()).hash);
  await shared.getByTestId("hop").nth(hops.length - 1).waitFor();
});

test("functions go to zero while sockets stay open, and come back with the next command", options, async () => {
  const { page: ops } = await openOps();
  const { page } = await player();
  await ready(ops, "wallet", 0);
  assert.ok((await connections(ops)) >= 1);
  await online(page);
  const coldStarts = await numberIn(ops.getByTestId("cold-starts-wallet"));

  await deposit(page, "10");
  await ready(ops, "wallet", 1);
  await balance(page, "€10.00");
  // A chore may have woken it too.
  assert.ok((await numberIn(ops.getByTestId("cold-starts-wallet"))) > coldStarts);
  await picture(ops, "ops-from-zero");
});

test("a command that nobody sent is said to be unknown", options, async () => {
  const { page } = await openOps();

  await lookUp(page, "nobody-sent-this");

  await page.getByTestId("trip-error").filter({ hasText: /\S/ }).waitFor();
  assert.match(await page.getByTestId("trip-error").innerText(), /nobody-sent-this/);
  assert.equal(await page.getByTestId("trip").count(), 0);
});

test("a platform that does not answer is told, and what was known stays", options, async () => {
  const { page } = await openOps();
  await page.getByTestId("verdict").waitFor();

  await page.route("**/ops/state", (route) => route.fulfill({ status: 503, body: "not now" }));
  await page.getByTestId("stale").filter({ hasText: /No answer since \d\d:\d\d:\d\d: not now/ }).waitFor();
  assert.match(await page.getByTestId("verdict").innerText(), /^Not known now/);
  assert.ok(await page.getByTestId("ready-wallet").isVisible());

  await page.unroute("**/ops/state");
  await page.getByTestId("stale").waitFor({ state: "detached" });
});

test("a dead letter is replayed after asking, and the focus comes back", options, async () => {
  const letter = {
    function: "wallet",
    source: "/players/p-7",
    id: "c-1",
    type: "wallet.deposit",
    key: "p-7",
    when: "2026-11-26T18:50:00Z",
    status: "500",
    reason: "a defect",
    tries: 5,
    state: "failed",
    headers: {},
    data: '{"amount":1000}',
  };
  const answers = [
    { status: 409, body: "wallet is not deployed" },
    { status: 502, body: "kafka went away" },
    { status: 200, body: '{"id":"c-1.replay-1"}' },
  ];
  let isReplayed = false;
  const { page } = await openOps();
  // A letter of this platform would move money: these are made up, and answered here.
  await page.route("**/ops/letters", (route) => route.fulfill({ json: [isReplayed ? { ...letter, state: "replayed, done" } : letter] }));
  await page.route("**/ops/letters/replay", async (route) => {
    assert.deepEqual(route.request().postDataJSON(), { name: "p-7/c-1" });
    const answer = answers.shift();
    isReplayed = answer.status === 200;
    await route.fulfill(answer);
  });
  await page.getByRole("button", { name: "Read again" }).click();
  const button = page.getByRole("button", { name: "Replay p-7/c-1" });

  await button.click();
  await page.getByRole("button", { name: "Leave it" }).click();
  assert.ok(await button.evaluate((element) => element === document.activeElement));

  await button.click();
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await page.getByText("The platform says: wallet is not deployed").waitFor();
  assert.deepEqual((await flaws(page)).map((flaw) => `dialog: ${flaw}`), []);
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await page.getByText("It is not known how that ended (kafka went away): it may have been replayed all the same.").waitFor();
  await page.getByRole("button", { name: "Replay", exact: true }).click();

  await page.getByText("Sent again as c-1.replay-1.").waitFor();
  await page.getByText("None is open. 1 letter ended since.").waitFor();
});

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`operations can be used by everybody: ${size}, ${colorScheme}`, options, async () => {
      const { page: game, name, commands } = await player();
      await deposit(game, "10");
      await balance(game, "€10.00");
      const command = commands.find(({ type }) => type === "wallet.deposit");
      const hash = `#trip=${encodeURIComponent(`${name}/${command.id}`)}`;
      const { page } = await openOps(hash, { viewport, colorScheme, reducedMotion: "reduce" });
      await page.getByTestId("verdict").waitFor();
      await page.getByTestId("hop").first().waitFor();

      const found = await flaws(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) {
        found.push(`it is ${overflow} px wider than the window`);
      }
      await picture(page, `ops-${size}-${colorScheme}`);
      assert.deepEqual(found, []);
    });
  }
}
