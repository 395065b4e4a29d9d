using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// What counts of the same people in the same time have to do with each other: who took part has left or goes on, each exit has
/// one reason, before and after are asked of the same exits, nobody is more persons than participations.
/// </summary>
internal sealed class SameTimeRelations(CountRelations relations, KnownStructure structure, CountKey at)
{
    private static readonly string[] s_occupied = ["work", "studies"];
    private static readonly string[] s_unoccupied = ["job_seeking", "other"];

    /// <summary>Without what is counted: states of a day stand by themselves.</summary>
    public static CountKey TimeAndPeople(CountKey key) => key with { Thing = default };

    public void Relate(IReadOnlyList<CountKey> told)
    {
        if (told.All(k => k.Thing.Kind == CountKind.State))
            return;
        ComeAndGo();
        Persons();
        Reasons(told);
        Definitions(told);
        BeforeAfter(told, "forsorjning");
        BeforeAfter(told, "sysselsattning");
        Increases();
        Answers(told);
    }

    private static bool IsReason(CountKey key) => key.Thing.Name.StartsWith(CountedThing.Reason("").Name, StringComparison.Ordinal);

    private int? Find(CountedThing thing) => relations.IndexOf(at.Of(thing));

    private List<int> All(IEnumerable<CountedThing> things) => [.. things.Select(Find).OfType<int>()];

    private void ComeAndGo()
    {
        if (Find(CountedThing.Participations) is not { } participations)
            return;
        // Those who go on at the end are those who began before in the next period, told or not.
        if (Find(CountedThing.Exits) is { } exits)
            relations.Sum(participations, [exits, Find(CountedThing.Ongoing) ?? Rest(CountedThing.Ongoing, exits)]);
        else if (Find(CountedThing.Ongoing) is { } ongoing)
            relations.Sum(participations, [Rest(CountedThing.Exits, ongoing), ongoing]);
        if (Find(CountedThing.New) is { } started)
        {
            // Who went on when the period began stands in the report of the one before, which may be made later.
            var before = (at with { To = at.From.AddDays(-1) }).Of(CountedThing.Ongoing);
            var goingOn = relations.IndexOf(before)
                ?? relations.Add(new(before, Math.Max(0, relations.Number(participations) - relations.Number(started))), isPublished: false);
            relations.Sum(participations, [started, goingOn]);
        }

        foreach (var (counted, followed) in new[]
        {
            (CountedThing.Participations, CountedThing.Followed),
            (CountedThing.Exits, CountedThing.FollowedExits),
            (CountedThing.Ongoing, CountedThing.FollowedOngoing),
        })
        {
            if (Find(counted) is { } whole && Find(followed) is { } part)
                relations.SumWithRest(whole, [part], "that are not followed");
        }

        if (Find(CountedThing.Followed) is { } all && All([CountedThing.FollowedExits, CountedThing.FollowedOngoing]) is { Count: > 0 } ends)
            relations.SumWithRest(all, ends, "that end otherwise");

        int Rest(CountedThing thing, int part) =>
            relations.Add(new(at.Of(thing), Math.Max(0, relations.Number(participations) - relations.Number(part))), isPublished: false);
    }

    private void Persons()
    {
        if (Find(CountedThing.Persons) is not { } persons)
            return;
        var registered = persons;
        if (Find(CountedThing.Anonymous) is { } anonymous && relations.Number(anonymous) is > 0 and var unnamed && relations.Number(persons) >= unnamed)
        {
            registered = relations.Add(new(at.Of(CountedThing.Registered), relations.Number(persons) - unnamed), isPublished: false);
            relations.Sum(persons, [registered, anonymous]);
        }

        NotMore(registered, CountedThing.Participations);
        foreach (var (some, stays) in new[]
        {
            (CountedThing.NewPersons, CountedThing.New), (CountedThing.EndedPersons, CountedThing.Exits), (CountedThing.OngoingPersons, CountedThing.Ongoing),
        })
        {
            if (Find(some) is not { } part)
                continue;
            relations.AtMost([part], registered);
            NotMore(part, stays);
        }

        void NotMore(int few, CountedThing thing)
        {
            if (Find(thing) is { } many)
                relations.AtMost([few], many);
        }
    }

    private void Reasons(IReadOnlyList<CountKey> told)
    {
        if (Find(CountedThing.Exits) is not { } exits)
            return;
        var reasons = told.Where(IsReason).Select(k => relations.IndexOf(k)!.Value).ToList();
        if (reasons.Count > 0)
            relations.SumWithRest(exits, reasons, "of other reasons");
        if (Find(CountedThing.NotNeutralExits) is { } judged)
            relations.SumWithRest(exits, [judged], "that are neutral");
    }

    // Positive exits are those of the definition's reasons, where these are told; else what one definition has more than another, which
    // may be nothing: some definitions count the same reasons. A list of reasons leaves out those of nobody, and so may hold none of these.
    private void Definitions(IReadOnlyList<CountKey> all)
    {
        var isListed = all.Any(k => IsReason(k) && !relations.IsBetween(relations.IndexOf(k)!.Value));
        foreach (var (definition, reasons) in structure.Reasons)
        {
            if (Find(CountedThing.Missing(definition, isNotNeutral: false)) is { } missing && Find(CountedThing.Reason("unknown")) is { } unknown)
                relations.Sum(missing, [unknown]);
            if (Find(CountedThing.Positive(definition)) is not { } positive)
                continue;
            var told = All(reasons.Select(CountedThing.Reason));
            if (told.Count > 0 || isListed)
                relations.SumWithRest(positive, told, "of other reasons", isListed);
            foreach (var (narrower, few) in structure.Reasons.Where(o => o.Key != definition && o.Value.IsSubsetOf(reasons)))
            {
                if (Find(CountedThing.Positive(narrower)) is { } part)
                {
                    var more = All(reasons.Except(few, StringComparer.Ordinal).Select(CountedThing.Reason));
                    var isSame = reasons.Count == few.Count;
                    relations.SumWithRest(positive, [part, .. more], $"but not by {narrower}", isListed || isSame);
                }
            }
        }
    }

    private void BeforeAfter(IReadOnlyList<CountKey> told, string measure)
    {
        CountedThing Thing(string what) => CountedThing.BeforeAfter(measure, what);
        var mine = told.Where(k => k.Thing.Name.StartsWith(Thing("").Name, StringComparison.Ordinal)).ToList();
        if (mine.Count == 0)
            return;
        var (paired, before, after, neither) = (Find(Thing("n_paired")), Find(Thing("n_before_only")), Find(Thing("n_after_only")), Find(Thing("n_neither")));
        if (Find(CountedThing.Exits) is { } exits && new[] { paired, before, after, neither }.OfType<int>().ToList() is { Count: > 0 } known)
            relations.SumWithRest(exits, known, $"without what is known of {measure}");
        foreach (var (occasion, only) in new[] { ("before", before), ("after", after) })
        {
            var groups = Starting($"{occasion} ");
            if (paired is { } both && groups.Count > 0)
                relations.SumWithRest(both, [.. groups.Select(g => g.Index)], "of other groups");
            var all = Starting($"{occasion}_all ").Where(g => g.Name != "n").ToList();
            var n = Thing($"{occasion}_all n");

            // How many were asked is what both occasions and this one alone make, also where it isn't told.
            if (all.Count > 0 && paired is { } pair && only is { } single)
                relations.Add(new(at.Of(n), relations.Number(pair) + relations.Number(single)), isPublished: false);
            if (Find(n) is { } asked)
            {
                if (all.Count > 0)
                    relations.SumWithRest(asked, [.. all.Select(g => g.Index)], "of other groups");
                if (paired is { } p)
                    relations.SumWithRest(asked, only is { } alone ? [p, alone] : [p], $"only {occasion}");
            }

            foreach (var group in groups)
            {
                if (Find(Thing($"{occasion}_all {group.Name}")) is { } whole)
                    relations.SumWithRest(whole, [group.Index], $"only {occasion}");
                var moves = Starting("from ").Where(m => occasion == "before"
                    ? m.Name.StartsWith($"{group.Name} to ", StringComparison.Ordinal)
                    : m.Name.EndsWith($" to {group.Name}", StringComparison.Ordinal)).Select(m => m.Index).ToList();
                if (moves.Count > 0)
                    relations.SumWithRest(group.Index, moves, "of other moves");
            }
        }

        if (paired is { } pairs && Starting("from ") is { Count: > 0 } transitions)
            relations.SumWithRest(pairs, [.. transitions.Select(m => m.Index)], "of other moves");

        List<(string Name, int Index)> Starting(string what) =>
        [
            .. mine.Where(k => k.Thing.Name.StartsWith(Thing(what).Name, StringComparison.Ordinal))
                .Select(k => (k.Thing.Name[Thing(what).Name.Length..], relations.IndexOf(k)!.Value)),
        ];
    }

    // Whoever works or studies more than before does one of them afterwards; whoever did neither before and does one has increased.
    private void Increases()
    {
        const string Occupation = "sysselsattning";
        foreach (var definition in structure.Increases)
        {
            var paired = Find(CountedThing.BeforeAfter(Occupation, "n_paired"));

            // It needs both, so that a note tells of how many there is not.
            if (paired is { } known && Find(CountedThing.Exits) is { } exits && Find(CountedThing.Missing(definition, isNotNeutral: false)) is { } missing)
                relations.Sum(exits, [known, missing]);
            if (Find(CountedThing.Positive(definition)) is not { } increased)
                continue;
            if (paired is { } both)
                relations.AtMost([increased], both);
            var after = All(s_occupied.Select(o => CountedThing.BeforeAfter(Occupation, $"after {o}")));
            if (after.Count == s_occupied.Length)
            {
                var either = relations.Add(new(at.Of(CountedThing.BeforeAfter(Occupation, "after work or studies")), after.Sum(relations.Number)), isPublished: false);
                relations.Sum(either, after);
                relations.AtMost([increased], either);
            }

            var moves = from before in s_unoccupied from then in s_occupied select CountedThing.BeforeAfter(Occupation, $"from {before} to {then}");
            relations.AtMost(All(moves), increased);
        }
    }

    private void Answers(IReadOnlyList<CountKey> told)
    {
        const string Paired = "n_paired";

        static bool IsPaired(string name) => name.StartsWith("answers ", StringComparison.Ordinal) && name.EndsWith($" {Paired}", StringComparison.Ordinal);

        foreach (var key in told.Where(k => IsPaired(k.Thing.Name)))
        {
            var question = key.Thing.Name[..^Paired.Length];
            var paired = relations.IndexOf(key)!.Value;
            Parts(paired, ["improved", "unchanged", "worse"]);
            if (Find(CountedThing.Exits) is { } exits)
                relations.AtMost([paired, .. Of(["n_start_only", "n_exit_only"])], exits);
            foreach (var answered in new[] { Paired, "n_start_only", "n_exit_only" })
            {
                if (Of([answered]) is [var all])
                    Parts(all, [$"{answered}_positive", $"{answered}_not_positive"]);
            }

            // Who is missing among the positive and the others is told in a note.
            var positive = Find(CountedThing.Positive(MeasureCatalogue.DefaultDefinition));
            if (positive is { } yes && Of([$"{Paired}_positive"]) is [var answeredYes])
                relations.SumWithRest(yes, [answeredYes], $"without {question}");
            if (Find(CountedThing.Exits.Without(CountedThing.Positive(MeasureCatalogue.DefaultDefinition))) is { } no
                && Of([$"{Paired}_not_positive"]) is [var answeredNo])
                relations.SumWithRest(no, [answeredNo], $"without {question}");

            void Parts(int total, string[] parts)
            {
                if (Of(parts) is { Count: > 0 } some)
                    relations.SumWithRest(total, some, "of the rest");
            }

            List<int> Of(string[] names) => All(names.Select(n => new CountedThing(question + n, CountKind.Event)));
        }
    }
}
