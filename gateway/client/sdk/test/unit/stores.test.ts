import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { IndexedDbStore, MemoryStore, type UndecidedStore } from "../../src/index.js";

const command = (id: string) => ({ id, type: "wallet.deposit", data: { amount: 1, currency: "EUR" } });

const STORES: Readonly<Record<string, () => UndecidedStore>> = {
  MemoryStore: () => new MemoryStore(),
  IndexedDbStore: () => new IndexedDbStore(new IDBFactory()),
};

for (const [name, newStore] of Object.entries(STORES)) {
  test(`${name}: commands are there in the order of the calls, whole`, async () => {
    const store = newStore();

    await Promise.all(["c", "a", "b"].map((id) => store.add("p-7", command(id))));

    assert.deepEqual(await store.load("p-7"), ["c", "a", "b"].map(command));
  });

  test(`${name}: a player has nothing of another`, async () => {
    const store = newStore();
    await store.add("p-7", command("a"));
    await store.add("p-9", command("a"));

    await store.remove("p-9", "a");

    assert.deepEqual(await store.load("p-7"), [command("a")]);
    assert.deepEqual(await store.load("p-9"), []);
  });

  test(`${name}: what is not there is removed without a word`, async () => {
    const store = newStore();

    await store.remove("p-7", "a");

    assert.deepEqual(await store.load("p-7"), []);
  });
}

test("IndexedDbStore: what was kept is there for the next page", async () => {
  const browser = new IDBFactory();
  await new IndexedDbStore(browser).add("p-7", command("a"));

  assert.deepEqual(await new IndexedDbStore(browser).load("p-7"), [command("a")]);
});

test("IndexedDbStore: what two pages keep is kept once", async () => {
  const browser = new IDBFactory();
  await new IndexedDbStore(browser).add("p-7", command("a"));
  const store = new IndexedDbStore(browser);

  await store.add("p-7", command("a"));

  assert.deepEqual(await store.load("p-7"), [command("a")]);
});

test("IndexedDbStore: one that cannot be opened is tried again", async () => {
  const browser = new IDBFactory();
  let isBroken = true;
  const broken = { open: (name: string, version: number) => {
    if (isBroken) {
      throw new Error("private");
    }
    return browser.open(name, version);
  } };
  const store = new IndexedDbStore(broken as IDBFactory);
  await assert.rejects(store.load("p-7"), { message: "private" });

  isBroken = false;

  assert.deepEqual(await store.load("p-7"), []);
});
