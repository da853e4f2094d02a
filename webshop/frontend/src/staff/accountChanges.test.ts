import { describe, expect, it } from "vitest";

import type { Account, CustomerRecord, Role } from "../api/schema";
import { accountChanges } from "./accountChanges";

const ZOE: CustomerRecord = {
  customer_id: "1",
  email: "zoe@example.org",
  name: "Zoé",
  country: "FR",
  orders: 0,
  spent: "0.00",
  currency: "EUR",
  created_at: "2026-11-22T09:30:00Z",
  account_id: "zoe",
  role: "manager",
  second_factor: true,
  last_paid_at: null,
};

const visitor = (role: Role, account_id = "ada"): Account => ({
  account_id,
  email: "ada@example.org",
  name: "Ada",
  language: "fr",
  role,
  second_factor: true,
});

describe("what may be changed of a customer's account", () => {
  it("is for admins only", () => {
    expect(accountChanges(ZOE, visitor("admin"))).toEqual(["role", "second_factor"]);
    expect(accountChanges(ZOE, visitor("manager"))).toEqual([]);
    expect(accountChanges(ZOE, null)).toEqual([]);
  });

  it("is no second factor where there is none, and nothing without an account", () => {
    expect(accountChanges({ ...ZOE, second_factor: false }, visitor("admin"))).toEqual(["role"]);
    expect(
      accountChanges({ ...ZOE, account_id: null, role: null, second_factor: false }, visitor("admin")),
    ).toEqual([]);
  });

  it("is nothing of one's own", () => {
    expect(accountChanges(ZOE, visitor("admin", "zoe"))).toEqual([]);
  });
});
