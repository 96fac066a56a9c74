import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { balance, deposit, DESKTOP, flaws, launch, notice, online, open, PHONE, picture, signIn, until, visit } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("a new player signs in, deposits, plays both games, and checks a round", async () => {
  const { page } = await open(browser);
  await signIn(page);
  await balance(page, "€0.00");

  await deposit(page, "100");
  await balance(page, "€100.00");
  await page.getByTestId("statement").filter({ hasText: "deposit" }).waitFor();

  await visit(page, "Dice");
  await page.getByLabel("Target").fill("199");
  await page.getByRole("button", { name: "Roll", exact: true }).click();
  await page.getByTestId("result").filter({ hasText: /Won|Lost/ }).waitFor();

  await visit(page, "Mines");
  await page.getByLabel("Mines (").fill("1");
  await page.getByRole("button", { name: "Bet" }).click();
  await page.getByTestId("mines-result").filter({ hasText: "Reveal a tile" }).waitFor();
  await page.getByRole("button", { name: "Tile 13: covered" }).click();
  await page.getByTestId("mines-result").filter({ hasText: /Leave now|Lost/ }).waitFor();
  const leave = page.getByRole("button", { name: "Cash out" });
  if (await leave.isEnabled()) {
    await leave.click();
  }
  await page.getByTestId("mines-result").filter({ hasText: /Won|Lost/ }).waitFor();

  await visit(page, "Fairness");
  await page.getByTestId("round").nth(1).waitFor();
  await page.getByRole("button", { name: "Change the seed" }).click();
  await notice(page, "The house has shown its old seed");
  for (const game of ["mines", "dice"]) {
    const round = page.getByTestId("round").filter({ hasText: game });
    await round.getByRole("button").click();
    await round.getByText("What was paid is what the rules pay").waitFor();
    assert.equal(await round.getByText("✓").count(), 5, await round.innerText());
  }
});

test("a limit is set, and works", async () => {
  const { page } = await open(browser);
  await signIn(page);
  await visit(page, "Limits");
  await page.getByLabel("At most (EUR)").fill("50");
  await page.getByRole("button", { name: "Set limit" }).click();
  await page.getByTestId("limits").filter({ hasText: "€50.00" }).waitFor();

  await deposit(page, "50.01");
  await notice(page, "beyond the deposit limit");
  await page.getByLabel("Amount (EUR)").fill("50");
  await page.getByRole("button", { name: "Deposit" }).click();

  await balance(page, "€50.00");
});

test("two players meet in the lobby", async () => {
  const [one, other] = [(await open(browser)).page, (await open(browser)).page];
  const [her, him] = [await signIn(one), await signIn(other)];
  await visit(one, "Lobby");
  await visit(other, "Lobby");
  await one.getByTestId("members").filter({ hasText: him }).waitFor();

  await one.getByLabel("Say something").fill("hello");
  await one.getByRole("button", { name: "Say" }).click();
  await other.getByTestId("log").filter({ hasText: `${her} hello` }).waitFor();

  await other.context().close();
  await one.getByTestId("members").filter({ hasNotText: him }).waitFor();
});

test("a gateway that is killed during a bet: the page reconnects and shows the one result", { skip: !process.env.ROOKERY_GATEWAY_PID }, async () => {
  const { page } = await open(browser);
  const lines = await tapped(page);
  await signIn(page);
  await deposit(page, "10");
  await balance(page, "€10.00");
  await visit(page, "Dice");
  const payouts = [await roll(page)];

  // Deaf, the page cannot know the result before the gateway is gone.
  const deaf = lines.at(-1);
  Object.assign(deaf, { isDeaf: true, sent: "" });
  await page.getByRole("button", { name: "Roll", exact: true }).click();
  await until(() => deaf.sent.includes('"rounds.bet"'));
  process.kill(Number(process.env.ROOKERY_GATEWAY_PID), "SIGKILL");
  await page.getByTestId("connection").filter({ hasText: "Reconnecting" }).waitFor();
  await online(page);
  await page.getByRole("button", { name: "Roll", exact: true }).waitFor();
  payouts.push(await payoutShown(page));

  await assertTwoStakes(page, payouts);
});

test("a page that is loaded again while its bet is undecided finds out how it ended, and bets no second time", async () => {
  const { page } = await open(browser);
  const lines = await tapped(page);
  await signIn(page);
  await deposit(page, "10");
  await balance(page, "€10.00");
  await visit(page, "Dice");
  await roll(page);

  const deaf = lines.at(-1);
  Object.assign(deaf, { isDeaf: true, sent: "" });
  await page.getByRole("button", { name: "Roll", exact: true }).click();
  await until(() => deaf.sent.includes('"rounds.bet"'));
  await page.reload();
  await notice(page, "rounds.bet, from before: done");

  await assertTwoStakes(page);
});

/** Loads the page again with its lines tapped: what it sends is kept, and one that is deaf hears nothing more. */
async function tapped(page) {
  const lines = [];
  await page.routeWebSocket(/\/v1\/connect/, (socket) => {
    const line = { isDeaf: false, sent: "" };
    const server = socket.connectToServer();
    server.onMessage((message) => line.isDeaf || socket.send(message));
    socket.onMessage((message) => {
      line.sent += message;
      server.send(message);
    });
    lines.push(line);
  });
  await page.reload();
  return lines;
}

/** The first roll of a page. @returns what it paid, in cents */
async function roll(page) {
  await page.getByRole("button", { name: "Roll", exact: true }).click();
  return payoutShown(page);
}

async function payoutShown(page) {
  const result = page.getByTestId("result").filter({ hasText: /Won|Lost/ });
  await result.waitFor();
  const text = await result.innerText();
  return text.includes("Won") ? cents(/Won (.*)/.exec(text)[1]) : 0;
}

const cents = (text) => Math.round(Number(text.replace(/[^\d.]/g, "")) * 100);

/**
 * Of 10 euros two bets of one: in the statement, and in the balance, also when both are read anew.
 *
 * @param payouts what the page has shown of each bet, the losing ones too; undefined when it has not shown all
 */
async function assertTwoStakes(page, payouts) {
  for (const isAnew of [false, true]) {
    if (isAnew) {
      await page.reload();
      await online(page);
    }
    await visit(page, "Wallet");
    await page.getByTestId("statement").getByText("stake").nth(1).waitFor();
    const transfers = await page.getByTestId("statement").locator("tr").evaluateAll((rows) =>
      rows.map(({ cells }) => ({ code: cells[1].innerText.trim(), amount: cells[2].innerText })),
    );
    const of = (kind) => transfers.filter(({ code }) => code === kind).map(({ amount }) => cents(amount));
    assert.deepEqual(of("stake"), [100, 100]);
    const paid = of("payout");
    if (payouts !== undefined) {
      assert.deepEqual(paid.sort(), payouts.filter((payout) => payout > 0).sort());
    }
    const left = 1_000 - 200 + paid.reduce((sum, payout) => sum + payout, 0);
    await balance(page, `€${(left / 100).toFixed(2)}`);
  }
}

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every page can be used by everybody: ${size}, ${colorScheme}`, async () => {
      const { page } = await open(browser, { viewport, colorScheme, reducedMotion: "reduce" });
      const found = [];
      const look = async (name) => {
        found.push(...(await flaws(page)).map((flaw) => `${name}: ${flaw}`));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) {
          found.push(`${name}: is ${overflow} px wider than the window`);
        }
        await picture(page, `${name}-${size}-${colorScheme}`);
      };
      await look("sign-in");
      await signIn(page);
      await deposit(page, "100");
      await balance(page, "€100.00");
      await visit(page, "Dice");
      await page.getByRole("button", { name: "Roll", exact: true }).click();
      await page.getByTestId("result").filter({ hasText: /Won|Lost/ }).waitFor();
      for (const name of ["Dice", "Mines", "Wallet", "Limits", "Lobby", "Fairness"]) {
        await visit(page, name);
        await page.getByText(/^(Reading|Coming in) …$/).first().waitFor({ state: "detached" });
        await look(name.toLowerCase());
      }
      assert.deepEqual(found, []);
    });
  }
}

test("nothing moves while the first view comes; when it came is told", async (t) => {
  const { page } = await open(browser);
  await page.getByLabel("Player").waitFor();
  const { firstMillis, shift } = await page.evaluate(async () => {
    const seen = (type) =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve([]), 500);
      });
    const paints = await seen("paint");
    const shifts = await seen("layout-shift");
    const first = paints.find(({ name }) => name === "first-contentful-paint");
    return { firstMillis: first?.startTime, shift: shifts.reduce((sum, { value }) => sum + value, 0) };
  });
  assert.notEqual(firstMillis, undefined, "first contentful paint: none (expected: one)");
  console.log(`first contentful paint: ${firstMillis.toFixed(0)} ms, layout shift: ${shift}`);
  t.diagnostic(`first contentful paint: ${firstMillis.toFixed(0)} ms, layout shift: ${shift}`);
  assert.equal(shift, 0);
});
