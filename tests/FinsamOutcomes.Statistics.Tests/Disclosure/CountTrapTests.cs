using static FinsamOutcomes.Statistics.CountState;

namespace FinsamOutcomes.Statistics.Tests;

/// <summary>What single counts give away though each small one is hidden. Each trap bites first, and is then protected.</summary>
public sealed class CountTrapTests
{
    [Fact]
    public void One_hidden_part_of_a_shown_total_is_the_rest()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(3), system.Add(20), system.Add(30)];
        system.Total(parts, cost: 10);

        Bites(system, [Small, Shown, Shown, Shown], exposed: [0]);
        IsProtected(system, protecting: 1);
    }

    [Fact]
    public void A_woman_and_a_man_of_two_are_each_one()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(1), system.Add(1), system.Add(0)];
        int both = system.Total(parts, cost: 10);
        int[] others = [system.Add(9), system.Add(8), system.Add(7)];
        int rest = system.Total(others, cost: 10);
        system.Total([both, rest], cost: 40);

        Bites(system, [Small, Small, Shown, Small, Shown, Shown, Shown, Shown, Shown], exposed: [0, 1, 3]);
        IsProtected(system, protecting: 2);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    public void Two_small_counts_with_a_small_sum_protect_each_other(int one, int other)
    {
        var system = new SmallSystem();
        system.Total([system.Add(one), system.Add(other)]);

        IsProtected(system, protecting: 0);
    }

    [Fact]
    public void Three_single_people_in_a_row_are_not_told_to_be_small_with_their_sum()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(1), system.Add(1), system.Add(1)];
        system.Total(parts, cost: 10);

        Bites(system, [Small, Small, Small, Small], exposed: [0, 1, 2, 3]);
        var states = IsProtected(system, protecting: 0);
        states.Count(state => state == Unpublished).ShouldBe(1);
    }

    [Fact]
    public void Four_single_people_are_not_told_to_be_small_with_their_sum()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(1), system.Add(1), system.Add(1), system.Add(1)];
        system.Total(parts, cost: 10);

        Bites(system, [Small, Small, Small, Small, Small], exposed: [0, 1, 2, 3, 4]);
        IsProtected(system, protecting: 0);
    }

    [Fact]
    public void A_total_equal_to_its_only_part_is_hidden_with_it()
    {
        var system = new SmallSystem();
        int part = system.Add(3), large = system.Add(12);
        system.Total([part]);
        int same = system.Total([large]);

        IsProtected(system, protecting: 0).ShouldBe([Small, Shown, Small, Shown]);
        same.ShouldBe(3);
    }

    [Fact]
    public void A_part_that_protects_another_takes_its_double_with_it()
    {
        var system = new SmallSystem();
        int small = system.Add(2), large = system.Add(12);
        system.Total([small, large], cost: 40);
        system.Total([large]);

        IsProtected(system, protecting: 2).ShouldBe([Small, Protecting, Shown, Protecting]);
    }

    [Fact]
    public void Zeros_protect_nobody_and_are_shown()
    {
        var system = new SmallSystem();
        int[,] table = { { 3, 0, 20 }, { 0, 0, 0 }, { 15, 0, 9 } };
        AddTable(system, table);

        var states = IsProtected(system, protecting: 3);
        states.Where((_, i) => system.Counts[i].Value == 0).ShouldAllBe(state => state == Shown);
    }

    [Fact]
    public void A_hidden_count_that_can_only_be_five_or_six_is_not_enough()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(1), system.Add(6), system.Add(30)];
        system.Total(parts, cost: 10);

        Bites(system, [Small, Protecting, Shown, Shown], exposed: [0, 1]);
        IsProtected(system, protecting: 1);
    }

    [Fact]
    public void A_small_count_in_a_table_of_two_by_two_takes_three_others_with_it()
    {
        var system = new SmallSystem();
        AddTable(system, new[,] { { 3, 20 }, { 30, 40 } });

        IsProtected(system, protecting: 3);
    }

    [Fact]
    public void Two_small_counts_across_a_table_need_two_others()
    {
        var system = new SmallSystem();
        AddTable(system, new[,] { { 2, 20, 25 }, { 30, 3, 35 }, { 40, 45, 50 } });

        IsProtected(system, protecting: 2);
    }

    [Fact]
    public void A_small_count_in_three_crossing_sums_takes_the_corners_of_a_box_with_it()
    {
        var system = new SmallSystem();
        var cells = new int[3, 3, 3];
        for (var i = 0; i < 27; i++)
            cells[i / 9, i / 3 % 3, i % 3] = system.Add(i == 13 ? 3 : 10 + i);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                system.Total([cells[i, j, 0], cells[i, j, 1], cells[i, j, 2]], cost: 100);
                system.Total([cells[i, 0, j], cells[i, 1, j], cells[i, 2, j]], cost: 100);
                system.Total([cells[0, i, j], cells[1, i, j], cells[2, i, j]], cost: 100);
            }
        }

        var states = system.Protect();

        CountProtection.Exposed(system.System, states).ShouldBeEmpty();
        system.Protecting(states).ShouldBe(7);
    }

    [Fact]
    public void A_count_that_two_tables_share_is_protected_in_both()
    {
        var system = new SmallSystem();
        int shared = system.Add(4);
        int byAge = system.Total([shared, system.Add(11), system.Add(12)], cost: 50);
        system.Sum(byAge, shared, system.Add(7), system.Add(9), system.Add(7));

        Bites(system, [Small, Protecting, Shown, Shown, Shown, Shown, Shown], exposed: [0, 1]);
        IsProtected(system, protecting: 2);
    }

    [Fact]
    public void A_hidden_part_that_only_at_most_reveals()
    {
        var system = new SmallSystem();
        int[] started = [system.Add(4), system.Add(17), system.Add(25)];
        system.Total(started, cost: 50);
        int fewer = system.Add(16, cost: 50);
        system.AtMost(fewer, started[1]);

        // 21 in all and at least 16 of them: 4, 3 ... but no more than 5, and at least 1.
        IsProtected(system, protecting: 1);

        var tight = new SmallSystem();
        int[] people = [tight.Add(4), tight.Add(17), tight.Add(25)];
        tight.Total(people, cost: 50);
        tight.AtMost(tight.Add(17, cost: 50), people[1]);
        tight.AtMost(people[1], tight.Add(18, cost: 50));
        Bites(tight, [Small, Protecting, Shown, Shown, Shown, Shown], exposed: [0, 1]);
        IsProtected(tight, protecting: 1)[1].ShouldBe(Shown);
    }

    [Fact]
    public void Months_quarters_and_year_hang_together()
    {
        var system = new SmallSystem();
        int[] months = [.. new[] { 6, 2, 7, 8, 5, 9, 6, 7, 8, 5, 6, 9 }.Select(value => system.Add(value))];
        int[] quarters = [.. Enumerable.Range(0, 4).Select(q => system.Total(months[(3 * q)..(3 * q + 3)], cost: 5))];
        system.Total(quarters, cost: 20);

        Bites(system, [Shown, Small, .. Enumerable.Repeat(Shown, 15)], exposed: [1]);
        IsProtected(system, protecting: 1);
    }

    [Fact]
    public void Who_is_in_the_insats_but_in_none_of_its_delprojekt_is_protected_though_nowhere_printed()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(1, isPublished: false), system.Add(12), system.Add(9)];
        system.Total(parts, cost: 30);

        Bites(system, [Unpublished, Shown, Shown, Shown], exposed: [0]);
        IsProtected(system, protecting: 1);
    }

    [Fact]
    public void A_share_that_leaves_one_out_is_hidden()
    {
        var system = new SmallSystem();
        int rest = system.Add(1, isPublished: false), positive = system.Add(19, cost: 2);
        system.Total([rest, positive], cost: 3);

        IsProtected(system, protecting: 1)[positive].ShouldBe(Protecting);
    }

    [Fact]
    public void What_earlier_publications_give_away_is_left_and_reported()
    {
        var system = new SmallSystem();
        int small = system.Add(3), known = system.Add(20, isKnown: true), other = system.Add(30);
        int sum = system.Add(23, isKnown: true);
        system.Sum(sum, small, known);
        system.Total([sum, other], cost: 50);

        var states = system.Protect();

        states.ShouldBe([Small, Shown, Shown, Shown, Shown]);
        CountProtection.Exposed(system.System, states).ShouldBe([small]);
        other.ShouldBe(2);
    }

    [Fact]
    public void What_earlier_publications_dont_give_away_is_protected_beside_them()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(3), system.Add(20, isKnown: true), system.Add(30), system.Add(40, cost: 9)];
        int sum = system.Add(93, isKnown: true);
        system.Sum(sum, parts);

        IsProtected(system, protecting: 1).ShouldBe([Small, Shown, Protecting, Shown, Shown]);
    }

    [Fact]
    public void A_small_count_that_was_told_before_is_nothing_to_report()
    {
        var system = new SmallSystem();
        system.Add(3, isKnown: true);

        system.Protect().ShouldBe([Shown]);
        CountProtection.Exposed(system.System, [Shown]).ShouldBeEmpty();
    }

    [Fact]
    public void A_kind_that_was_told_before_cant_be_taken_back()
    {
        var system = new SmallSystem();
        int[] parts = [.. Enumerable.Range(0, 3).Select(_ => system.Add(1, isKindKnown: true))];
        int sum = system.Total(parts), rest = system.Add(20);
        system.Total([sum, rest], cost: 10);

        system.Protect().Take(4).ShouldBe([Small, Small, Small, Unpublished]);
        IsProtected(system, protecting: 1);
    }

    [Fact]
    public void Of_what_protects_as_well_the_cheapest_is_hidden()
    {
        var system = new SmallSystem();
        int[] parts = [system.Add(3), system.Add(20, cost: 3), system.Add(30, cost: 2), system.Add(40, cost: 4)];
        system.Total(parts, cost: 50);

        IsProtected(system, protecting: 1)[2].ShouldBe(Protecting);
    }

    private static void AddTable(SmallSystem system, int[,] table)
    {
        int rows = table.GetLength(0), columns = table.GetLength(1);
        var cells = new int[rows, columns];
        for (var i = 0; i < rows * columns; i++)
            cells[i / columns, i % columns] = system.Add(table[i / columns, i % columns]);
        int[] rowTotals = [.. Enumerable.Range(0, rows).Select(r => system.Total([.. Enumerable.Range(0, columns).Select(c => cells[r, c])], cost: 10))];
        int[] columnTotals = [.. Enumerable.Range(0, columns).Select(c => system.Total([.. Enumerable.Range(0, rows).Select(r => cells[r, c])], cost: 10))];
        int all = system.Total(rowTotals, cost: 50);
        system.Sum(all, columnTotals);
    }

    private static void Bites(SmallSystem system, CountState[] states, int[] exposed)
    {
        CountProtection.Exposed(system.System, states).ShouldBe(exposed);
        CountProtection.Exposed(system.System, system.Protect()).ShouldBeEmpty();
    }

    private static IReadOnlyList<CountState> IsProtected(SmallSystem system, int protecting)
    {
        var states = system.Protect();
        CountProtection.Exposed(system.System, states).ShouldBeEmpty();
        system.Protecting(states).ShouldBe(protecting, string.Join(' ', states));
        return states;
    }
}
