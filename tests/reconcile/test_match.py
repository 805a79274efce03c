"""Every outcome of contract §5, with what comes near it and is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.reconcile.desk import (
    BATCH,
    BUYER,
    OTHER,
    answers,
    back,
    bill,
    entry,
    key,
    money,
    out,
    payee,
    reconciled,
    refunds,
    remember,
    states,
    told,
)  # fmt: skip
from xlflow.money.entry import State
from xlflow.statement import Movement, Refund

A, B = key("a"), key("b")
HELD, OPEN, APPROVED, EXPORTED, PAID, FAILED, VOID = State
NEW = Movement(9, date(2026, 3, 20), "T9", Decimal("-300.00"), words="房租", remark="房租", account=OTHER)


class TestById:
    @pytest.mark.parametrize(
        "words",
        [
            A,
            f"退运费 {A}",
            A.lower(),
            f"运费{A[:5]} {A[5:]}谢谢",
            f"XF-{A[2:6]}-{A[6:]}",
            f"ｘｆ{A[2:]}",
            f"{A}20260305",
        ],
    )
    @pytest.mark.parametrize("state", [HELD, OPEN, APPROVED, EXPORTED])
    def test_it_is_paid(self, words: str, state: State) -> None:
        found = reconciled(money(entry("a", state)), bill(out(7, words=words)))
        assert told(found) == ["matched a 7 1200 1200"]
        made = found.after.entries[A]
        assert (made.state, made.paid_on, made.paid_amount, made.transaction) == (PAID, date(2026, 3, 6), 1200, "T7")

    @pytest.mark.parametrize(
        "account", [None, BUYER, "+86 138-0000-1111", "138****1111", "138******11", "***", "1******1"]
    )
    def test_the_account_agrees_or_does_not_show(self, account: str | None) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A, account=account)))
        assert told(found) == ["matched a 7 1200 1200"]

    @pytest.mark.parametrize(
        "account", [OTHER, "13800001112", "138****1112", "139****1111", "a***@x.cn", "2088********1111"]
    )
    def test_it_went_to_another_account(self, account: str) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A, account=account)))
        assert (told(found), states(found)) == (["account-differs a 7 1200 1200"], {"a": "exported"})

    def test_it_is_named_first(self) -> None:
        found = reconciled(money(entry("a"), entry("b")), bill(out(7, words=A), out(8, words=B, account=OTHER)))
        assert told(found) == ["account-differs b 8 1200 1200", "matched a 7 1200 1200"]

    @pytest.mark.parametrize("amount", ["11.99", "12.01", "24.00"])
    def test_another_amount(self, amount: str) -> None:
        found = reconciled(money(entry()), bill(out(7, amount, A)))
        fen = int(Decimal(amount) * 100)
        assert told(found) == [f"amount-differs a 7 1200 {fen}"]
        assert (found.after.entries[A].amount, found.after.entries[A].paid_amount) == (1200, fen)

    def test_paid_twice(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A), out(8, words=A)))
        assert told(found) == ["paid-twice a 8 1200 1200", "matched a 7 1200 1200"]

    def test_the_right_amount_is_the_first(self) -> None:
        found = reconciled(money(entry()), bill(out(7, "5.00", A), out(8, words=A)))
        assert told(found) == ["paid-twice a 7 1200 500", "matched a 8 1200 1200"]

    def test_paid_again_in_a_later_statement(self) -> None:
        first = reconciled(money(entry()), bill(out(7, words=A)))
        later = bill(out(7, words=A), out(8, words=A), file="四月.csv")
        found = reconciled(first.after, later, memory=remember(first))
        assert told(found) == ["paid-twice a 8 1200 1200", "matched a 7 1200 1200"]

    @pytest.mark.parametrize("state", [FAILED, VOID])
    def test_what_was_given_up_is_no_entrys_payment(self, state: State) -> None:
        found = reconciled(money(entry("a", state)), bill(out(7, words=A)))
        assert (told(found), states(found)) == (["unknown-payment a 7 1200 1200"], {"a": state.value})

    def test_a_mark_of_a_person_takes_its_first_payment(self) -> None:
        found = reconciled(money(entry("a", PAID)), bill(out(7, words=A), out(8, words=A)))
        assert told(found) == ["paid-twice a 8 1200 1200", "matched a 7 1200 1200"]
        assert found.after.entries[A].transaction == "T7"

    @pytest.mark.parametrize(
        ("trade", "outcome"), [("T0", "matched a 7 1200 1200"), ("T1", "paid-twice a 7 1200 1200")]
    )
    def test_the_number_that_a_person_typed(self, trade: str, outcome: str) -> None:
        made = money(entry("a", PAID, transaction="T0"))
        assert told(reconciled(made, bill(out(7, words=A, trade=trade)))) == [outcome]

    def test_a_typed_number_alone_will_do(self) -> None:
        made = money(entry("a", PAID, transaction="T0"))
        assert told(reconciled(made, bill(out(7, trade="T0", account=None)))) == ["matched a 7 1200 1200"]

    def test_a_number_typed_beside_another_entry(self) -> None:
        made = money(entry("a"), entry("b", PAID, transaction="T7", account=OTHER))
        found = reconciled(made, bill(out(7, words=A)))
        assert (told(found), found.after.entries[A].transaction) == (["matched a 7 1200 1200"], None)

    @pytest.mark.parametrize("words", [A, ""])
    def test_then_a_second_payment_is_one_too_many(self, words: str) -> None:
        made = money(entry("a"), entry("b", PAID, transaction="T7", account=OTHER))
        found = reconciled(made, bill(out(7, words=A), out(8, words=words)))
        assert told(found) == ["paid-twice a 8 1200 1200", "matched a 7 1200 1200"]

    def test_a_mistyped_id_is_none(self) -> None:
        wrong = A[:-1] + ("0" if A[-1] != "0" else "1")
        assert told(reconciled(money(entry()), bill(out(7, words=wrong)))) == ["matched a 7 1200 1200"]
        assert told(reconciled(money(entry()), bill(out(7, words=wrong, account=OTHER)))) == [
            "unpaid a - 1200 -", "unknown-payment - 7 - 1200",
        ]  # fmt: skip

    def test_two_ids_in_one_payment_are_for_a_person(self) -> None:
        found = reconciled(money(entry("a"), entry("b")), bill(out(7, "24.00", f"{A} {B}")))
        assert (told(found), set(states(found).values())) == (["proposed a 7 1200 2400"], {"exported"})


class TestByAccount:
    @pytest.mark.parametrize("state", [HELD, OPEN, APPROVED, EXPORTED, PAID])
    def test_account_amount_and_days(self, state: State) -> None:
        found = reconciled(money(entry("a", state)), bill(out(7)))
        assert (told(found), states(found)) == (["matched a 7 1200 1200"], {"a": "paid"})

    @pytest.mark.parametrize("state", [FAILED, VOID])
    def test_not_what_was_given_up(self, state: State) -> None:
        assert told(reconciled(money(entry("a", state)), bill(out(7)))) == ["unknown-payment - 7 - 1200"]

    @pytest.mark.parametrize(("day", "near"), [(20, True), (21, False)])
    def test_no_further_off_than_the_policy(self, day: int, near: bool) -> None:
        found = reconciled(money(entry()), bill(out(7, on=date(2026, 3, day))))
        assert told(found)[-1] == ("matched a 7 1200 1200" if near else "unknown-payment - 7 - 1200")

    @pytest.mark.parametrize(
        "own", [{"account": OTHER}, {"account": "138****1111"}, {"account": None}, {"ours": False}]
    )
    def test_without_the_account_it_is_not(self, own: dict[str, object]) -> None:
        assert states(reconciled(money(entry(name=None)), bill(out(7, **own)))) == {"a": "exported"}

    def test_not_another_amount(self) -> None:
        assert told(reconciled(money(entry()), bill(out(7, "12.01"))))[-1] == "unknown-payment - 7 - 1201"

    def test_an_exported_one_before_an_open_one_before_a_held_one(self) -> None:
        made = money(entry("a", HELD), entry("b"), entry("c", OPEN))
        assert told(reconciled(made, bill(out(7)))) == ["matched b 7 1200 1200"]
        assert told(reconciled(made, bill(out(7), out(8)))) == ["matched b 7 1200 1200", "matched c 8 1200 1200"]
        assert states(reconciled(made, bill(out(7), out(8), out(9)))) == {"a": "paid", "b": "paid", "c": "paid"}

    def test_of_two_alike_nobody_knows_which(self) -> None:
        found = reconciled(money(entry("a"), entry("b")), bill(out(7)))
        assert (told(found), set(states(found).values())) == (["proposed a 7 1200 1200"], {"exported"})

    def test_of_two_alike_both_are_paid(self) -> None:
        found = reconciled(money(entry("a"), entry("b")), bill(out(7), out(8)))
        assert told(found) == ["matched a 7 1200 1200", "matched b 8 1200 1200"]

    def test_one_more_is_paid_twice(self) -> None:
        found = reconciled(money(entry("a"), entry("b")), bill(out(7), out(8), out(9)))
        assert told(found)[0].startswith("paid-twice a 9") or told(found)[0].startswith("paid-twice b 9")

    def test_an_id_comes_before_an_account(self) -> None:
        found = reconciled(money(entry()), bill(out(7), out(8, words=A)))
        assert told(found) == ["paid-twice a 7 1200 1200", "matched a 8 1200 1200"]

    def test_another_entrys_id_is_not_for_this_one(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=key("z"))))
        assert told(found)[-1] == "unknown-payment - 7 - 1200"


class TestProposed:
    def test_name_and_amount(self) -> None:
        found = reconciled(money(entry()), bill(out(7, account=OTHER, name="张 三")))
        assert (told(found), states(found)) == (["proposed a 7 1200 1200"], {"a": "exported"})

    def test_each_entry_once(self) -> None:
        found = reconciled(money(entry()), bill(out(7, account=None, name="张三"), out(8, account=None, name="张三")))
        assert (told(found), found.other.count) == (["proposed a 7 1200 1200"], 1)

    @pytest.mark.parametrize("name", ["*三", "张*", "**"])
    def test_a_masked_name_that_may_be_the_rows(self, name: str) -> None:
        made, line = money(entry()), bill(out(7, account=None, name=name))
        assert told(reconciled(made, line, payees={A: payee()})) == ["proposed a 7 1200 1200"]
        assert told(reconciled(made, line)) == ["unpaid a - 1200 -"]

    def test_a_masked_account_that_may_be_the_payees(self) -> None:
        assert told(reconciled(money(entry()), bill(out(7, account="138****1111")))) == ["proposed a 7 1200 1200"]

    @pytest.mark.parametrize(
        "own",
        [
            {"name": "李三"}, {"name": "*四"}, {"name": None}, {"account": "138****1112"}, {"account": "138****1111", "name": "李*"},
            {"name": "张三", "on": date(2026, 3, 25)}, {"name": "张三", "ours": False},
        ],
    )  # fmt: skip
    def test_what_is_not_proposed(self, own: dict[str, object]) -> None:
        found = reconciled(money(entry()), bill(out(7, **{"account": None, **own})), payees={A: payee()})
        assert told(found) == ["unpaid a - 1200 -"]

    def test_another_amount_is_not(self) -> None:
        found = reconciled(money(entry()), bill(out(7, "12.01", account=None, name="张三")))
        assert told(found) == ["unpaid a - 1200 -"]


class TestUnpaid:
    def test_it_is_in_no_statement(self) -> None:
        found = reconciled(money(entry()), bill(NEW))
        assert (told(found), states(found)) == (["unpaid a - 1200 -"], {"a": "exported"})
        assert found.after.entries[A].shown_unpaid

    @pytest.mark.parametrize(("last", "unpaid"), [(7, True), (6, False)])
    def test_two_days_and_more_before_the_end(self, last: int, unpaid: bool) -> None:
        found = reconciled(money(entry()), bill(NEW, last=date(2026, 3, last)))
        assert told(found) == (["unpaid a - 1200 -"] if unpaid else [])

    @pytest.mark.parametrize(("first", "unpaid"), [(5, True), (6, False)])
    def test_from_its_export_on(self, first: int, unpaid: bool) -> None:
        found = reconciled(money(entry()), bill(NEW, first=date(2026, 3, first)))
        assert told(found) == (["unpaid a - 1200 -"] if unpaid else [])

    def test_one_that_does_not_say_its_days_begins_with_the_month(self) -> None:
        assert told(reconciled(money(entry()), bill(NEW, first=date(2026, 3, 20), declared=False))) == [
            "unpaid a - 1200 -"
        ]
        assert (
            told(reconciled(money(entry()), bill(NEW, first=date(2026, 4, 20), last=date(2026, 4, 30), declared=False)))
            == []
        )

    def test_out_of_balance_it_proves_nothing(self) -> None:
        found = reconciled(money(entry("a"), entry("b")), bill(out(7, words=B), NEW, balanced=False))
        assert told(found) == ["matched b 7 1200 1200"]

    @pytest.mark.parametrize("state", [HELD, OPEN, APPROVED, PAID, FAILED, VOID])
    def test_only_what_was_exported(self, state: State) -> None:
        assert told(reconciled(money(entry("a", state)), bill(NEW))) == []

    @pytest.mark.parametrize(
        ("own", "shown", "unpaid"),
        [
            ("", None, True), ("", "20881234567890120156", True), ("2088123456789012", "20881234567890120156", True),
            ("pay@x.cn", "Pay@x.cn", True), ("13800000000", "138****0000", True), ("pay@x.cn", None, False),
            ("pay@x.cn", "shop@x.cn", False), ("2088123456789012", "20881234567890990156", False),
            ("13800000000", "139****0000", False),
        ],
    )  # fmt: skip
    def test_only_of_the_account_that_the_batch_was_for(self, own: str, shown: str | None, unpaid: bool) -> None:
        found = reconciled(money(entry(), account=own), bill(NEW, account=shown), account=own)
        assert told(found) == (["unpaid a - 1200 -"] if unpaid else [])

    def test_two_statements_that_meet(self) -> None:
        march = bill(NEW, last=date(2026, 3, 6))
        for first, unpaid in ((7, True), (8, False)):
            rest = bill(file="后半.csv", first=date(2026, 3, first))
            assert told(reconciled(money(entry()), march, rest)) == (["unpaid a - 1200 -"] if unpaid else [])
            before = reconciled(money(entry()), march)
            after = reconciled(before.after, rest, memory=remember(before))
            assert told(after) == (["unpaid a - 1200 -"] if unpaid else [])

    def test_a_later_payment_ends_it(self) -> None:
        first = reconciled(money(entry()), bill(NEW))
        found = reconciled(
            first.after, bill(out(7, words=A, on=date(2026, 4, 2)), file="四月.csv"), memory=remember(first)
        )
        assert (told(found), found.after.entries[A].shown_unpaid) == (["matched a 7 1200 1200"], False)

    def test_what_earlier_statements_of_another_account_said_does_not_count(self) -> None:
        before = reconciled(money(entry(), account="old@x.cn"), bill(NEW, last=date(2026, 3, 6), account="shop@x.cn"))
        rest = bill(file="后半.csv", first=date(2026, 3, 7), account="old@x.cn")
        assert told(reconciled(before.after, rest, memory=remember(before))) == []

    def test_no_statement_knows_of_tomorrow(self) -> None:
        for today, unpaid in ((6, False), (7, True)):
            found = reconciled(money(entry()), bill(NEW), today=date(2026, 3, today))
            assert told(found) == (["unpaid a - 1200 -"] if unpaid else [])

    def test_neither_answers_nor_refunds_prove_it(self) -> None:
        assert told(reconciled(money(entry()), answers(), refunds())) == []


class TestReturned:
    PAID = money(entry("a", PAID, paid_amount=1200))

    def test_with_its_id(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A), back(8, words=A)))
        assert told(found) == ["returned a 8 1200 1200", "matched a 7 1200 1200"]
        assert (states(found), found.after.entries[A].failed_because) == ({"a": "failed"}, "退回")

    def test_under_the_number_of_its_payment(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A), back(8, words=A, transaction="T7")))
        assert (told(found), states(found)) == (["returned a 8 1200 1200", "matched a 7 1200 1200"], {"a": "failed"})

    @pytest.mark.parametrize("words", ["退回", "转账退款", "转账失败 退回"])
    def test_of_its_amount_and_marked(self, words: str) -> None:
        found = reconciled(money(entry("a", PAID)), bill(back(8, words=words)))
        assert (told(found), states(found)) == (["returned a 8 1200 1200"], {"a": "failed"})

    @pytest.mark.parametrize(
        "movement",
        [
            back(8), back(8, words="货款"), back(8, "11.00", "退款"), back(8, words="退款", account=OTHER),
            back(8, words="退款", account="138****1111"), back(8, words="退款", on=date(2026, 3, 4)), back(8, words=A, account=OTHER),
        ],
    )  # fmt: skip
    def test_an_ordinary_payment_of_the_same_person_is_none(self, movement: Movement) -> None:
        found = reconciled(money(entry("a", PAID)), bill(movement))
        assert (told(found), states(found), found.other.count) == ([], {"a": "paid"}, 1)

    def test_never_sent_it_cannot_come_back(self) -> None:
        assert told(reconciled(money(entry("a", OPEN)), bill(back(8, words=f"退回 {A}")))) == []

    def test_one_of_two_payments_back_leaves_it_paid(self) -> None:
        found = reconciled(money(entry()), bill(out(6, words=A), out(7, words=A), back(8, words=A)))
        assert states(found) == {"a": "paid"}
        found = reconciled(money(entry()), bill(out(6, words=A), out(7, words=A), back(8, words=A), back(9, words=A)))
        assert states(found) == {"a": "failed"}

    def test_a_part_back_leaves_it_paid(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A), back(8, "5.00", A)))
        assert (told(found)[0], states(found)) == ("returned a 8 1200 500", {"a": "paid"})

    def test_back_in_a_later_statement(self) -> None:
        first = reconciled(money(entry()), bill(out(7, words=A)))
        found = reconciled(first.after, bill(back(3, words="退回"), file="四月.csv"), memory=remember(first))
        assert (told(found), states(found)) == (["returned a 3 1200 1200"], {"a": "failed"})


class TestUnknown:
    @pytest.mark.parametrize(
        "own",
        [
            {"account": BUYER}, {"words": "退运费"}, {"words": "补偿"}, {"words": "XF00000000"}, {"words": f"{key('z')}"},
            {"words": "运费", "ours": False},
        ],
    )  # fmt: skip
    def test_a_payment_that_concerns_the_desk(self, own: dict[str, object]) -> None:
        found = reconciled(money(entry("a", VOID)), bill(out(7, "99.00", **{"account": OTHER, **own})))
        assert told(found) == ["unknown-payment - 7 - 9900"]

    @pytest.mark.parametrize(
        "movement",
        [
            out(7, account=OTHER), out(7, account=OTHER, words="运费险"), out(7, account=None), out(7, "9.00", ours=False),
            out(7, account="138****1111"), out(7, account=OTHER, words="", remark="", name="张三"), back(7, words="运费"),
        ],
    )  # fmt: skip
    def test_all_else_is_one_sum(self, movement: Movement) -> None:
        found = reconciled(money(entry("a", VOID)), bill(movement, NEW))
        fen = int(movement.amount * 100)
        assert told(found) == []
        assert (found.other.count, found.other.came_in, found.other.went_out) == (2, max(fen, 0), 30000 + max(-fen, 0))


class TestRefunds:
    REFUND = Refund(2, "R1", "1234567890123456789", Decimal("12.00"), date(2026, 3, 9))

    @pytest.mark.parametrize("state", [EXPORTED, PAID])
    def test_paid_by_the_platform_too(self, state: State) -> None:
        found = reconciled(money(entry("a", state)), refunds(self.REFUND))
        assert (told(found), states(found)) == (["paid-twice a 2 1200 1200"], {"a": state.value})

    @pytest.mark.parametrize("state", [HELD, OPEN, APPROVED, FAILED, VOID])
    def test_not_sent_it_is_the_checks_business(self, state: State) -> None:
        assert told(reconciled(money(entry("a", state)), refunds(self.REFUND))) == []

    def test_of_another_order(self) -> None:
        assert told(reconciled(money(entry(order_no="999999999999999999")), refunds(self.REFUND))) == []

    def test_of_a_compensation_for_something_else(self) -> None:
        assert told(reconciled(money(entry(kind="compensation", item="price")), refunds(self.REFUND))) == []

    def test_accounted_for_by_a_compensation(self) -> None:
        accounted = (("1234567890123456789", Decimal("12.00")),)
        assert told(reconciled(money(entry()), refunds(self.REFUND), accounted=accounted)) == []

    def test_each_compensation_accounts_for_one(self) -> None:
        accounted = (("1234567890123456789", Decimal("12.00")),)
        two = refunds(self.REFUND, replace(self.REFUND, row=3, number="R2"))
        assert told(reconciled(money(entry()), two, accounted=accounted)) == ["paid-twice a 3 1200 1200"]

    def test_the_same_refund_in_two_exports(self) -> None:
        second = bill(file="又.csv", format="taobao_refunds", refunds=(self.REFUND,))
        assert told(reconciled(money(entry()), refunds(self.REFUND), second)) == ["paid-twice a 2 1200 1200"]


class TestAnswers:
    def test_paid_and_refused(self) -> None:
        lines = out(3, words=A, transaction=None), out(4, words=B, rejected="姓名不符")
        found = reconciled(money(entry("a"), entry("b")), answers(*lines))
        assert told(found) == ["failed b 4 1200 1200", "matched a 3 1200 1200"]
        assert (states(found), found.after.entries[B].failed_because) == ({"a": "paid", "b": "failed"}, "姓名不符")
        assert (found.results[0].why, found.after.entries[A].transaction) == ("姓名不符", None)

    def test_the_statement_still_proves_it(self) -> None:
        found = reconciled(money(entry()), answers(out(3, words=A, transaction="2026")), bill(out(7, words=A)))
        assert told(found) == ["matched a 3 1200 1200", "matched a 7 1200 1200"]
        assert found.after.entries[A].transaction == "T7"

    def test_after_the_statement_it_says_nothing_new(self) -> None:
        first = reconciled(money(entry()), bill(out(7, words=A)))
        found = reconciled(first.after, answers(out(3, words=A)), memory=remember(first))
        assert (told(found), [e.kind for e in found.events]) == (["matched a 3 1200 1200"], ["statement-read"])

    def test_a_refusal_of_what_was_paid_changes_nothing(self) -> None:
        found = reconciled(money(entry("a", PAID)), answers(out(3, words=A, rejected="失败")))
        assert (told(found), states(found)) == (["failed a 3 1200 1200"], {"a": "paid"})

    def test_without_an_id_by_account_and_amount_of_the_batch(self) -> None:
        found = reconciled(money(entry("a"), entry("b", OPEN, batch=None)), answers(out(3, rejected="失败")))
        assert (told(found), states(found)) == (["failed a 3 1200 1200"], {"a": "failed", "b": "open"})
        two = reconciled(money(entry("a"), entry("b")), answers(out(3, rejected="失败")))
        assert told(two) == ["unknown-payment - 3 - 1200"]

    def test_what_was_never_sent(self) -> None:
        found = reconciled(money(entry("a", OPEN)), answers(out(3, words=A)))
        assert (told(found), states(found)) == (["unknown-payment a 3 1200 1200"], {"a": "open"})


class TestUnproved:
    @pytest.mark.parametrize(("day", "listed"), [(date(2026, 2, 24), True), (date(2026, 2, 25), False)])
    def test_marked_long_ago(self, day: date, listed: bool) -> None:
        found = reconciled(money(entry("a", PAID, paid_on=day)), bill(NEW))
        assert told(found) == (["unproved a - 1200 -"] if listed else [])

    def test_not_with_a_transaction(self) -> None:
        assert told(reconciled(money(entry("a", PAID, paid_on=date(2026, 1, 1), transaction="T0")), bill(NEW))) == []


class TestOverlaps:
    def test_the_same_file_under_two_names(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A)), bill(out(7, words=A), file="三月.csv"))
        assert (told(found), len(found.statements)) == (["matched a 7 1200 1200"], 1)

    def test_overlapping_statements_count_once(self) -> None:
        first, second = bill(out(7, words=A), NEW), bill(out(3, words=A, transaction="T7"), NEW, file="后半.csv")
        found = reconciled(money(entry()), first, second)
        assert told(found) == ["matched a 7 1200 1200"]
        assert (found.other.count, found.repeated["后半.csv"].count, found.repeated["后半.csv"].went_out) == (
            1,
            2,
            31200,
        )

    def test_the_same_payment_in_two_formats(self) -> None:
        ledger = bill(out(7, words=A, trade="2026030522"))
        app = bill(
            out(25, words=A, transaction="2026030522", trade="2026030522"), file="app.csv", format="alipay_personal"
        )
        assert told(reconciled(money(entry()), ledger, app)) == ["matched a 7 1200 1200"]
        first = reconciled(money(entry()), ledger)
        assert told(reconciled(first.after, app, memory=remember(first))) == ["matched a 25 1200 1200"]

    def test_one_number_for_two_things_in_two_formats(self) -> None:
        app = bill(out(25, "8.00", B, transaction="T7"), file="app.csv", format="alipay_personal")
        found = reconciled(money(entry("a"), entry("b", amount="8.00")), bill(out(7, words=A)), app)
        assert told(found) == ["matched a 7 1200 1200", "matched b 25 800 800"]
        assert [found.after.entries[key].transaction for key in (A, B)] == ["T7", None]

    def test_two_lines_of_one_trade_are_two(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A, trade="X"), out(8, words=A, trade="X")))
        assert told(found) == ["paid-twice a 8 1200 1200", "matched a 7 1200 1200"]

    def test_batches_stay_what_they_are(self) -> None:
        found = reconciled(money(entry()), bill(out(7, words=A)))
        assert found.after.entries[A].batch == BATCH
