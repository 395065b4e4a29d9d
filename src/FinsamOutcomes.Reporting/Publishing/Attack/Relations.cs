namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// What numbers have to do with each other by what they are counts of: parts and wholes over gender, insatser, reasons, ages and
/// periods; definitions of positive exit; before and after; sums of answers. A number that is not printed is asked for where it
/// is the part that is missing.
/// </summary>
internal sealed class Relations(Puzzle puzzle, Lexicon words, TableMeaning tables)
{
    private const string Rest = "(övriga)";
    private const string Direct = "(direkt i insatsen)";
    private static readonly int[] s_halves = [1, 2];
    private static readonly string[] s_changes = ["Förbättrade", "Oförändrade", "Försämrade"];
    private static readonly string[] s_active = ["Arbetar", "Studerar"];
    private static readonly string[] s_genders = ["Kvinnor", "Män", "Okänt kön"];

    private ILookup<(int Year, int Length), string> _periods = Enumerable.Empty<string>().ToLookup(_ => (0, 0));

    public void Add()
    {
        _periods = puzzle.Unknowns.Select(u => u.Question[Question.Period]).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(p => (Period: p, Range: PeriodOf.Range(p))).Where(p => p.Range is not null)
            .ToLookup(p => (p.Range!.Value.Year, p.Range.Value.Last - p.Range.Value.First), p => p.Period);
        foreach (var (question, dimension, present) in tables.Lists)
            LeftOut(question, dimension, present);
        foreach (var (number, which, _, _) in tables.Means)
        {
            puzzle.Of(number);
            if (which != "medel/efter")
                puzzle.Of(number.As(Units.SumBefore));
            if (which != "medel/före")
                puzzle.Of(number.As(Units.SumAfter));
        }

        // What is asked for here may itself be a part: until nothing is new.
        for (var done = 0; done < puzzle.Unknowns.Count;)
        {
            var question = puzzle.Unknowns[done++].Question;
            Gender(question);
            Places(question);
            foreach (var dimension in Lexicon.Partitions)
                Partition(question, dimension);
            Wholes(question);
            Positive(question);
            Increase(question);
            Changes(question);
            Stays(question);
            Followed(question);
            BeforeAfter(question);
            Sums(question);
            Periods(question);
            HalfYears(question);
        }
    }

    // What a list leaves out has nobody.
    private void LeftOut(Question question, string dimension, HashSet<string> present)
    {
        if (question.Unit is Units.Counted or Units.Structural || Units.IsSum(question.Unit))
            return;
        foreach (var value in Values(question, dimension).Where(v => !present.Contains(v)))
        {
            // An insats that is shown by its delprojekt is no zero.
            if (dimension == Question.Place && words.Places.Any(p => p.Value == value && present.Contains(p.Key)))
                continue;
            puzzle.Between(puzzle.Of(question.With(dimension, value)), 0, 0);
        }

        if (dimension != Question.Place || question.Unit != Units.Persons)
            puzzle.Between(puzzle.Of(question.With(dimension, Rest)), 0, 0);
    }

    private IEnumerable<string> Values(Question question, string dimension) => dimension switch
    {
        Question.Place => words.Places.Keys,
        "före" or "efter" => words.Values($"{question.Unit.Split('/')[0]} kategori"),
        _ => words.Values(dimension),
    };

    private void Gender(Question question)
    {
        if (question[Question.Gender] is null)
            return;
        var all = question.Without(Question.Gender);
        var parts = (puzzle.HasOnlyWomenAndMen ? s_genders[..2] : s_genders).Select(g => puzzle.Of(all.With(Question.Gender, g))).ToList();
        puzzle.Sum("kvinnor + män + okänt kön = alla", puzzle.Of(all), parts);
    }

    private void Places(Question question)
    {
        if (question[Question.Place] is not { } place || question.Unit is Units.Counted or Units.Structural or Units.Anonymous or Units.AtRisk)
            return;
        var all = question.Without(Question.Place);
        if (place == Rest || place.StartsWith(Direct, StringComparison.Ordinal))
            return;
        var parent = words.Places.GetValueOrDefault(place);
        var whole = parent is null ? all : all.With(Question.Place, parent);
        var names = words.Places.Where(p => p.Value == parent).Select(p => p.Key).ToList();
        if (names.Count == 0)
            return;
        if (Units.IsAdditive(question.Unit))
        {
            names.Add(parent is null ? Rest : $"{Direct} {parent}");
            puzzle.Sum(parent is null ? "insatser = förbund" : "delprojekt = insats", puzzle.Of(whole),
                names.ConvertAll(n => puzzle.Of(all.With(Question.Place, n))));
            return;
        }

        // A person in two insatser is one person.
        puzzle.AtMost("en del är högst det hela", puzzle.Of(question), puzzle.Of(whole));
        if (names.TrueForAll(n => puzzle.Find(all.With(Question.Place, n)) is not null) && question.Unit != Units.Persons)
            puzzle.Relate("delarna är minst det hela", 0, Puzzle.Far, [.. names.Select(n => (puzzle.Of(all.With(Question.Place, n)), 1L)),
                (puzzle.Of(whole), -1L)]);
    }

    private void Partition(Question question, string dimension)
    {
        if (question[dimension] is not { } value)
            return;
        var whole = question.Without(dimension);
        var values = Values(question, dimension).ToList();
        if (!values.Contains(value))
            return;
        if (question.Unit.StartsWith("personer/", StringComparison.Ordinal))
        {
            puzzle.AtMost("en del är högst det hela", puzzle.Of(question), puzzle.Of(whole));
            // A person is in a part by at least one stay, and in at least one part.
            var parts = values.Append(Rest).Select(v => (puzzle.Of(whole.With(dimension, v)), 1L)).ToList();
            if (question.Unit == Units.Persons && dimension != "orsak")
            {
                puzzle.Relate("var och en finns i någon del", 0, Puzzle.Far, [.. parts, (puzzle.Of(whole), -1), (puzzle.Of(whole.As(Units.Anonymous)), 1)]);
                if (!Lexicon.Partitions.Any(d => whole[d] is not null))
                    puzzle.Relate("personer i delarna är högst deltaganden", -Puzzle.Far, 0, [.. parts, (puzzle.Of(whole.As(Units.InPeriod)), -1)]);
            }

            return;
        }

        if (dimension is "före" or "efter" && question.Unit.EndsWith("/båda", StringComparison.Ordinal) is false
            && !question.Unit.Contains("/med ", StringComparison.Ordinal))
            return;
        puzzle.Sum($"delarna efter {dimension} = det hela", puzzle.Of(whole), values.Append(Rest).Select(v => puzzle.Of(whole.With(dimension, v))));
    }

    // What is limited to a group is at most what isn't; those of a unit are among those of a wider one.
    private void Wholes(Question question)
    {
        if (Units.IsSum(question.Unit) || question.Unit == Units.AtRisk)
            return;
        var unknown = puzzle.Of(question);
        foreach (var dimension in question.Dimensions.Where(d => d is not (Question.Period or Question.Gender or Question.Place or "fråga" or "urval"))
            .ToList())
            puzzle.AtMost("en del är högst det hela", unknown, puzzle.Of(question.Without(dimension)));
        if (question.Unit == Units.Persons && !question.Dimensions.Any(d => d is "urval"))
        {
            // Those who are only counted have no stays.
            var stays = (puzzle.Of(question.As(Units.InPeriod)), 1L);
            puzzle.Relate("personer är högst deltaganden och anonyma", 0, Puzzle.Far, Lexicon.Partitions.Any(d => question[d] is not null)
                ? [stays, (unknown, -1)]
                : [stays, (puzzle.Of(question.As(Units.Anonymous)), 1), (unknown, -1)]);
        }

        if (Units.Whole(question.Unit) is not { } wider)
            return;
        var whole = question.As(wider);
        foreach (var dimension in question.Dimensions.Where(d => d is "fråga" or "förändring" or "före" or "efter" or "orsak" or "positiv").ToList())
            whole = whole.Without(dimension);
        puzzle.AtMost($"{question.Unit} finns bland {wider}", unknown, puzzle.Of(whole));
        if (question.Unit.StartsWith("personer/", StringComparison.Ordinal) && question["ålder"] is null && question["utbildning"] is null
            && question["remittent"] is null)
        {
            // Nobody has a stay without being a person.
            puzzle.AtMost("personer är högst personer", unknown, puzzle.Of(question.As(Units.Persons)));
        }
    }

    private void Positive(Question question)
    {
        if (question["positiv"] is not { } definition || question.Unit != Units.Ended || !words.Definitions.TryGetValue(definition, out var reasons))
            return;
        var all = question.Without("positiv");
        if (question["orsak"] is not null)
            return;
        if (words.Values("orsak").Any(r => puzzle.Find(all.With("orsak", r)) is not null))
        {
            puzzle.Sum($"orsakerna i {definition}", puzzle.Of(question), reasons.Select(r => puzzle.Of(all.With("orsak", r))));
            return;
        }

        foreach (var (other, more) in words.Definitions.Where(d => d.Key != definition))
        {
            if (puzzle.Find(all.With("positiv", other)) is { } wider && reasons.All(more.Contains))
            {
                if (more.Count == reasons.Count)
                    puzzle.Sum("definitioner med samma orsaker", wider, [puzzle.Of(question)]);
                else
                    puzzle.AtMost("en definition inom en annan", puzzle.Of(question), wider);
            }
        }
    }

    // Who works or studies more at the end works or studies then; who does, and did neither before, does it more.
    private void Increase(Question question)
    {
        if (question["positiv"] != "började eller ökade arbete/studier" || question.Unit != Units.Ended || question["orsak"] is not null)
            return;
        var (increased, paired) = (puzzle.Of(question), question.Without("positiv").As("sysselsättning/båda"));
        if (puzzle.Find(paired) is { } both)
            puzzle.AtMost("de som ökat har uppgift före och efter", increased, both);
        if (s_active.Any(a => puzzle.Find(paired.With("efter", a)) is null))
            return;
        puzzle.Relate("de som ökat arbetar eller studerar", 0, Puzzle.Far, [.. s_active.Select(a => (puzzle.Of(paired.With("efter", a)), 1L)), (increased, -1)]);
        var begun = words.Values("sysselsättning kategori").Except(s_active).SelectMany(f => s_active.Select(a => puzzle.Find(paired.With("före", f).With("efter", a)))).OfType<Unknown>();
        puzzle.Relate("de som börjat har ökat", 0, Puzzle.Far, [(increased, 1), .. begun.Select(b => (b, -1L))]);
    }

    private void Changes(Question question)
    {
        if (question["förändring"] is null || question.Unit != Units.Paired)
            return;
        var whole = question.Without("förändring");
        puzzle.Sum("bättre + oförändrade + sämre = svar", puzzle.Of(whole), s_changes.Select(c => puzzle.Of(whole.With("förändring", c))));
    }

    private void Stays(Question question)
    {
        if (question.Unit is not (Units.InPeriod or Units.Ended or Units.New) || question["orsak"] is not null || question["positiv"] is not null)
            return;
        var (all, ended) = (question.As(Units.InPeriod), question.As(Units.Ended));
        if (puzzle.Find(all) is not null || question.Unit != Units.New)
            puzzle.Sum("avslutade + pågående = i perioden", puzzle.Of(all), [puzzle.Of(ended), puzzle.Of(question.As(Units.Ongoing))]);
        var ongoing = question.As(Units.Ongoing);

        // Who is left of last year, and who is new, make this year.
        if (question.Unit == Units.InPeriod && int.TryParse(question[Question.Period], System.Globalization.CultureInfo.InvariantCulture, out var year))
        {
            var before = ongoing.With(Question.Period, (year - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (puzzle.Find(before.As(Units.InPeriod)) is not null && puzzle.Find(before.As(Units.Ended)) is not null)
                puzzle.Sum("kvar sedan förra året + nya = i perioden", puzzle.Of(all), [puzzle.Of(before), puzzle.Of(question.As(Units.New))]);
        }
    }

    // Those who are followed have ended or go on, and are among all who have or do: where all are followed they are the same.
    private void Followed(Question question)
    {
        if (question.Unit != Units.Followed)
            return;
        var (ended, ongoing) = (puzzle.Of(question.As(Units.FollowedEnded)), puzzle.Of(question.As(Units.FollowedOngoing)));
        puzzle.Sum("följda: avslutade + pågående = alla", puzzle.Of(question), [ended, ongoing]);
        puzzle.AtMost("följda finns bland alla", puzzle.Of(question), puzzle.Of(question.As(Units.InPeriod)));
        puzzle.AtMost("följda finns bland alla", ended, puzzle.Of(question.As(Units.Ended)));
        puzzle.AtMost("följda finns bland alla", ongoing, puzzle.Of(question.As(Units.Ongoing)));
    }

    private void BeforeAfter(Question question)
    {
        var subject = question.Unit.Split('/')[0];
        if (subject is not ("försörjning" or "sysselsättning"))
            return;
        var whole = question.Without("före").Without("efter");
        Unknown Of(string unit) => puzzle.Of(whole.As($"{subject}/{unit}"));
        if (puzzle.Find(whole.As($"{subject}/båda")) is not null && puzzle.Find(whole.As($"{subject}/bara före")) is not null)
        {
            puzzle.Sum("båda + bara före + bara efter + ingen = avslut", puzzle.Of(whole.As(Units.Ended)),
                [Of("båda"), Of("bara före"), Of("bara efter"), Of("ingen")]);
            foreach (var side in new[] { "före", "efter" })
            {
                if (puzzle.Find(whole.As($"{subject}/med {side}")) is { } with)
                    puzzle.Sum($"båda + bara {side} = med uppgift {side}", with, [Of("båda"), Of($"bara {side}")]);
            }
        }

        foreach (var side in new[] { "före", "efter" })
        {
            if (question.Unit != $"{subject}/båda" || question[side] is not { } category || puzzle.Find(whole.With(side, category).As($"{subject}/med {side}")) is not { } known)
                continue;
            var both = puzzle.Of(whole.With(side, category));
            puzzle.AtMost($"med uppgift om båda är högst alla med uppgift {side}", both, known);
            if (puzzle.Find(whole.As($"{subject}/bara {side}")) is { } only)
                puzzle.Relate($"resten har bara uppgift {side}", 0, Puzzle.Far, (only, 1), (both, 1), (known, -1));
        }
    }

    private void Sums(Question question)
    {
        if (question.Unit is not (Units.SumBefore or Units.SumAfter))
            return;
        var (sum, number) = (puzzle.Of(question), puzzle.Of(question.As(Units.Paired)));
        var (lower, upper) = words.Scale is { } scale && tables.Means.Count > 0 ? ((long)Math.Min(0, scale.Lower), (long)Math.Max(scale.Upper, 100)) : (0, 100);
        puzzle.Relate("svar på skalan", 0, Puzzle.Far, (sum, 1), (number, -lower));
        puzzle.Relate("svar på skalan", 0, Puzzle.Far, (number, upper), (sum, -1));
        if (puzzle.Find(question.As(Units.SumOfChanges)) is { } changes && question.Unit == Units.SumAfter)
            puzzle.Sum("efter − före = förändring", sum, [changes, puzzle.Of(question.As(Units.SumBefore))]);
    }

    private void Periods(Question question)
    {
        if (question.Unit is not (Units.Ended or Units.New) || question[Question.Period] is not { } text || PeriodOf.Range(text) is not { } range
            || range is { First: 1, Last: 12 })
            return;
        var kind = range.Last - range.First;
        var parts = _periods[(range.Year, kind)].Select(p => puzzle.Find(question.With(Question.Period, p))).OfType<Unknown>().ToList();
        var whole = puzzle.Of(question.With(Question.Period, range.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (parts.Count == 12 / (kind + 1))
            puzzle.Sum("periodens delar = hela", whole, parts);
        else
            puzzle.AtMost("en del av året är högst året", puzzle.Of(question), whole);
    }

    // Half-years of people who are only counted are added up to the year.
    private void HalfYears(Question question)
    {
        if (question.Unit != Units.Counted || question[Question.Period] is not { } text || PeriodOf.Range(text) is not { First: 1, Last: 12 })
            return;
        var halves = s_halves.Select(h => puzzle.Find(question.With(Question.Period, $"halvår {h} {text}"))).OfType<Unknown>().ToList();
        if (halves.Count == 2)
            puzzle.Sum("halvåren = året", puzzle.Of(question), halves);
        // Those who come to a structural insats are no participants.
        if (puzzle.Find(question.As(Units.Persons)) is { Upper: > 0 } people)
            puzzle.AtMost("de räknade finns bland personerna", puzzle.Of(question), people);
    }
}
