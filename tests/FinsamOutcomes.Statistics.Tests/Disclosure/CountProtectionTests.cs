using static FinsamOutcomes.Statistics.CountState;

namespace FinsamOutcomes.Statistics.Tests;

/// <summary>What is decided, and what is found to be exposed, against every whole number tried.</summary>
[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class CountProtectionTests
{
    private static readonly Gen<int> Seeds = Gen.Choose(0, int.MaxValue - 1);

    [Property]
    public Property What_is_exposed_is_what_trying_every_number_shows() =>
        Seeds.Holds(seed =>
        {
            var system = SmallSystem.Random(seed, withKnown: true);
            var states = system.RandomStates(seed);

            foreach (var reader in Enum.GetValues<CountReader>())
                CountProtection.Exposed(system.System, states, reader).ShouldBe(system.ExposedByTrying(states, reader), $"{system} {string.Join(' ', states)}");
        });

    [Property]
    public Property Nothing_can_be_worked_out_after_protection() =>
        Seeds.Holds(seed =>
        {
            var system = SmallSystem.Random(seed, withKnown: false);
            var states = system.Protect();

            system.ExposedByTrying(states).ShouldBeEmpty($"{system} {string.Join(' ', states)}");
        });

    [Fact]
    public void What_one_works_out_who_guesses_well_is_hidden_wherever_that_can_be_found()
    {
        int avoidable = 0, hidden = 0;
        for (var seed = 1; seed <= 1000; seed++)
        {
            var system = SmallSystem.Random(seed, withKnown: true);
            var states = system.Protect();
            hidden += states.Count(s => s != Shown);
            avoidable += system.ExposedByTrying(states, CountReader.Guessing)
                .Except(system.ExposedByTrying(system.NothingTold, CountReader.Guessing)).Count();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{avoidable} of {hidden} hidden are exposed to one who guesses, and needn't be");
        avoidable.ShouldBe(0);
    }

    [Property]
    public Property Only_what_earlier_publications_give_away_by_themselves_is_left() =>
        Seeds.Holds(seed =>
        {
            var system = SmallSystem.Random(seed, withKnown: true);
            var states = system.Protect();
            var exposed = system.ExposedByTrying(states);

            exposed.ShouldBeSubsetOf(system.ExposedByTrying(system.NothingTold), $"{system} {string.Join(' ', states)}");
            CountProtection.Exposed(system.System, states).ShouldBe(exposed);
        });

    [Property]
    public Property Small_counts_are_never_shown_and_states_say_what_is_true() =>
        Seeds.Holds(seed =>
        {
            var system = SmallSystem.Random(seed, withKnown: true);
            var states = system.Protect();

            for (var i = 0; i < states.Count; i++)
            {
                CountState[] allowed = system.Counts[i] switch
                {
                    { IsKnown: true } => [Shown],
                    { IsPublished: false } or { IsHidden: true } => [Unpublished],
                    { IsKindKnown: true } => system.IsSmall(i) ? [Small] : [Shown, Protecting],
                    _ => system.IsSmall(i) ? [Small, Unpublished] : [Shown, Protecting, Unpublished],
                };
                allowed.ShouldContain(states[i], $"{i} of {system}");
            }
        });

    [Property]
    public Property The_same_system_always_gives_the_same_decision() =>
        Seeds.Holds(seed => SmallSystem.Random(seed, withKnown: true).Protect().ShouldBe(SmallSystem.Random(seed, withKnown: true).Protect()));

    [Fact]
    public void A_system_without_relations_hides_its_small_counts_alone()
    {
        var system = new SmallSystem();
        foreach (int value in Enumerable.Range(0, 7))
            system.Add(value);

        system.Protect().ShouldBe([Shown, Small, Small, Small, Small, Shown, Shown]);
    }

    [Fact]
    public void An_empty_system_has_nothing_to_decide()
    {
        CountProtection.Protect(new()).ShouldBeEmpty();
        CountProtection.Exposed(new(), []).ShouldBeEmpty();
    }

    [Fact]
    public void A_relation_that_isnt_true_is_refused()
    {
        var system = new CountSystem();
        int two = system.Add(2, true, 1), three = system.Add(3, true, 1), four = system.Add(4, true, 1);

        Should.Throw<ArgumentException>(() => system.Sum(four, [two, three]));
        Should.Throw<ArgumentException>(() => system.Sum(four, [two, two]));
        Should.Throw<ArgumentException>(() => system.AtMost(three, two));
        Should.Throw<ArgumentOutOfRangeException>(() => system.Add(-1, true, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => system.Add(1, true, 0));
    }

    [Fact]
    public void States_that_say_what_isnt_true_are_refused()
    {
        var system = new CountSystem();
        system.Add(7, true, 1);

        Should.Throw<ArgumentException>(() => CountProtection.Exposed(system, [Small]));
        Should.Throw<ArgumentException>(() => CountProtection.Exposed(system, []));
    }

    [Fact]
    public void Little_more_is_hidden_than_the_least_possible()
    {
        int hidden = 0, least = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            var system = SmallTable(seed);
            hidden += system.Protecting(system.Protect());
            least += Enumerable.Range(0, system.Counts.Count).First(size => CanProtect(system, size));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{hidden} hidden, {least} at least");
        least.ShouldBeGreaterThan(40);
        hidden.ShouldBeLessThanOrEqualTo(least * 11 / 10);
    }

    // Four by three, with sums that may be hidden too.
    private static SmallSystem SmallTable(int seed)
    {
        var random = new Random(seed);
        var system = new SmallSystem();
        var cells = new int[4, 3];
        for (var i = 0; i < 12; i++)
            cells[i / 3, i % 3] = system.Add(random.Next(6) == 0 ? random.Next(1, 5) : random.Next(5, 40));
        int[] rows = [.. Enumerable.Range(0, 4).Select(r => system.Total([cells[r, 0], cells[r, 1], cells[r, 2]]))];
        int[] columns = [.. Enumerable.Range(0, 3).Select(c => system.Total([cells[0, c], cells[1, c], cells[2, c], cells[3, c]]))];
        system.Sum(system.Total(rows), columns);
        return system;
    }

    // Whether so many hidden beside the small ones can be enough, by trying all choices of them.
    private static bool CanProtect(SmallSystem system, int size)
    {
        var states = system.Counts.Select((_, i) => system.IsSmall(i) ? Small : Shown).ToArray();
        int[] others = [.. Enumerable.Range(0, states.Length).Where(i => states[i] == Shown)];
        return Choose(0, size);

        bool Choose(int from, int left)
        {
            if (left == 0)
                return CountProtection.Exposed(system.System, states).Count == 0;
            for (var i = from; i <= others.Length - left; i++)
            {
                states[others[i]] = Protecting;
                bool isEnough = Choose(i + 1, left - 1);
                states[others[i]] = Shown;
                if (isEnough)
                    return true;
            }

            return false;
        }
    }
}
