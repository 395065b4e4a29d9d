using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>
/// A small invented förbund and what is published of it, so that numbers which are hidden one by one follow from the others.
/// </summary>
/// <param name="Name">What the trap is.</param>
/// <param name="Fill">The people in it.</param>
/// <param name="Reports">Report templates; several are publications beside each other.</param>
/// <param name="Kind">What kind of number is to be worked out.</param>
/// <param name="Question">What it is a count of, as the attack says it.</param>
/// <param name="Value">What it is.</param>
internal sealed record Trap(string Name, Action<SmallRegister> Fill, IReadOnlyList<string> Reports, AttackedKind Kind, string Question, double Value)
{
    /// <summary>Makes the förbund in a database of its own, publishes it for 2024 and attacks that.</summary>
    public async Task<AttackResult> AttackAsync(Publisher publisher)
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var register = await SmallRegister.InAsync(test);
        Fill(register);
        await register.SaveAsync();
        var forbund = (await new ForbundStore(test.Database).AllAsync()).Single();
        var templates = Directory.CreateTempSubdirectory("finsam-falla-").FullName;
        try
        {
            for (var i = 0; i < Reports.Count; i++)
            {
                var folder = Directory.CreateDirectory(Path.Combine(templates, $"prov{i + 1}")).FullName;
                await File.WriteAllTextAsync(
                    Path.Combine(folder, "rapport.md"),
                    $"# Prov {{år}}\n\n## Tal\n\n{Reports[i]}\n\n{{policy}}\n\n```definitioner\n```\n");
            }

            return PublicationAttack.On(await publisher(test.Database, forbund, 2024, templates));
        }
        finally
        {
            Directory.Delete(templates, recursive: true);
        }
    }

    /// <summary>True when the number is worked out, and rightly so.</summary>
    public bool IsBroken(AttackResult result) => result.Exact.Any(n => n.Kind == Kind && n.Question == Question && Math.Abs(n.Value!.Value - Value) < 1e-9);

    public override string ToString() => Name;
}

/// <summary>The traps, to be run with protection and without.</summary>
internal static class TrapCorpus
{
    private const string PositiveWord = "arbete eller studier";

    public static IReadOnlyList<Trap> All { get; } =
    [
        new(
            "three single people in a row",
            register =>
            {
                foreach (var name in new[] { "A", "B", "C" })
                    Stays(register, register.Insats(name), women: 1, men: 6);
                Stays(register, register.Insats("D"), women: 5, men: 6);
            },
            [Table("deltaganden", "statistik: in_period", "rader: insats", "kolumner: gender")],
            AttackedKind.Count,
            "deltaganden/i perioden | kön = Kvinnor | period = 2024 | plats = A",
            1),
        new(
            "linked tables",
            register =>
            {
                var (a, b) = (register.Insats("A"), register.Insats("B"));
                Exits(register, a, "woman", ("arbete", 6), ("sjukdom", 9));
                Exits(register, b, "woman", ("arbete", 2), ("sjukdom", 8));
            },
            [
                Table("avslutsorsaker", "statistik: count", "rader: category") + "\n\n" + Figure("positiva-avslut", "kolumner", "rader: insats"),
            ],
            AttackedKind.Count,
            "deltaganden/avslutade | period = 2024 | plats = B | positiv = " + PositiveWord,
            2),
        new(
            "a total equal to its only part",
            register => Stays(register, register.Insats("A"), women: 6, men: 2),
            [Table("deltaganden", "statistik: in_period", "rader: insats", "kolumner: gender")],
            AttackedKind.Count,
            "deltaganden/i perioden | kön = Män | period = 2024 | plats = A",
            2),
        new(
            "zero columns",
            register =>
            {
                Stays(register, register.Insats("A"), women: 0, men: 3);
                Stays(register, register.Insats("B"), women: 0, men: 5);
            },
            [Table("deltaganden", "statistik: in_period", "rader: insats", "kolumner: gender")],
            AttackedKind.Count,
            "deltaganden/i perioden | period = 2024 | plats = A",
            3),
        new(
            "a share on a known base",
            register =>
            {
                var a = register.Insats("A");
                Exits(register, a, "woman", ("arbete", 9), ("sjukdom", 21));
                Exits(register, a, "man", ("arbete", 3), ("sjukdom", 7));
            },
            [Table("positiva-avslut", "rader: definition", "kolumner: gender")],
            AttackedKind.Share,
            "deltaganden/avslutade | kön = Män | period = 2024 | positiv = " + PositiveWord,
            0.3),
        new(
            "a mean of five beside a mean of four",
            register =>
            {
                var (a, instrument) = (register.Insats("A"), register.Instrument("Prov", "halsa"));
                foreach (var (gender, before, after) in new[]
                {
                    ("woman", 4, 6), ("woman", 5, 5), ("woman", 3, 7), ("woman", 6, 8), ("woman", 2, 4), ("man", 3, 4), ("man", 7, 7), ("man", 5, 9),
                    ("man", 2, 3),
                })
                {
                    var stay = register.Participation(register.Person(gender), a, "2024-01-10", "2024-06-10", "sjukdom");
                    register.Assessment(stay, instrument, "start", "2024-01-10", before);
                    register.Assessment(stay, instrument, "exit", "2024-06-10", after);
                }
            },
            [Table("sjalvskattning", "statistik: n_paired, mean_before, mean_after, mean_change", "rader: category, gender", "kolumner: statistic")],
            AttackedKind.Mean,
            "summa/före | fråga = halsa | kön = Män | period = 2024",
            4.25),
        new(
            "this year beside last",
            register =>
            {
                var a = register.Insats("A");
                for (var i = 0; i < 20; i++)
                    register.Participation(register.Person("woman"), a, "2023-02-01", i < 8 ? "2023-09-01" : null, i < 8 ? "sjukdom" : null);
                register.Participations_of(3, "woman", a, "2024-03-01", ended: null, reason: null);
            },
            [
                Table("deltaganden", "statistik: new, ended, in_period", "per: year", "bakat: 2", "rader: period", "kolumner: statistic"),
            ],
            AttackedKind.Count,
            "deltaganden/nya | period = 2024",
            3),
        new(
            "a page's figure beside the report",
            register =>
            {
                var a = register.Insats("A");
                Exits(register, a, "woman", ("arbete", 8), ("sjukdom", 12));
                Exits(register, a, "man", ("arbete", 4), ("sjukdom", 11));
            },
            [Figure("positiva-avslut", "kolumner", "rader: definition", "kolumner: gender"), Table("avslutsorsaker", "statistik: count", "rader: category")],
            AttackedKind.Count,
            "deltaganden/avslutade | kön = Män | period = 2024 | positiv = " + PositiveWord,
            4),
        new(
            "a figure's data beside its table",
            register =>
            {
                var (a, b) = (register.Insats("A"), register.Insats("B"));
                Exits(register, a, "woman", ("arbete", 8), ("sjukdom", 12));
                Exits(register, a, "man", ("arbete", 2), ("sjukdom", 13));
                Exits(register, b, "woman", ("arbete", 9), ("sjukdom", 12));
                Exits(register, b, "man", ("arbete", 7), ("sjukdom", 13));
            },
            [Figure("positiva-avslut", "tratt", "rader: insats") + "\n\n" + Figure("positiva-avslut", "kolumner", "rader: insats", "kolumner: gender")],
            AttackedKind.Count,
            "deltaganden/avslutade | kön = Män | period = 2024 | plats = A | positiv = " + PositiveWord,
            2),
        new(
            "two definitions that count the same reasons",
            register =>
            {
                var a = register.Insats("A");
                Exits(register, a, "woman", ("arbete", 6), ("arbetssokande", 2), ("sjukdom", 7));
                Exits(register, a, "man", ("arbete", 3), ("arbetssokande", 4), ("sjukdom", 2));
            },
            [Table("positiva-avslut", "rader: definition", "kolumner: gender")],
            AttackedKind.Count,
            "deltaganden/avslutade | kön = Män | period = 2024 | positiv = " + PositiveWord,
            3),
        new(
            "a median that is hidden, and so rests on somebody",
            register =>
            {
                var a = register.Insats("A");
                Exits(register, register.Insats("A1", a), "woman", ("arbete", 5));
                Exits(register, register.Insats("A2", a), "woman", ("arbete", 1));
                Exits(register, register.Insats("A3", a), "woman", ("arbete", 1));
                Exits(register, register.Insats("B"), "woman", ("arbete", 9));
            },
            [
                Table("genomstromning", "rader: insats") + "\n\n"
                    + Table("tid-i-insats", "statistik: median_days, median_days_ended", "rader: insats", "kolumner: statistic"),
            ],
            AttackedKind.Count,
            "deltaganden/avslutade | period = 2024 | plats = A2",
            1),
        new(
            "nothing to divide by where nobody has answered",
            register =>
            {
                var (a, instrument) = (register.Insats("A"), register.Instrument("Prov", "halsa"));
                foreach (var (gender, number) in new[] { ("woman", 14), ("man", 2), ("unknown", 6) })
                {
                    for (var i = 0; i < number; i++)
                    {
                        var stay = register.Participation(register.Person(gender), a, "2024-01-10", "2024-06-10", "sjukdom");
                        register.Assessment(stay, instrument, "start", "2024-01-10", 4);
                        if (gender != "unknown")
                            register.Assessment(stay, instrument, "exit", "2024-06-10", 5);
                    }
                }
            },
            [
                Table("sjalvskattning", "statistik: n_paired, mean_change", "rader: category, gender", "kolumner: statistic") + "\n\n"
                    + Table("sjalvskattning", "statistik: improved", "rader: category, gender", "kolumner: statistic"),
            ],
            AttackedKind.Count,
            "svar/båda | fråga = halsa | kön = Män | period = 2024",
            2),
        new(
            "what a definition lacks beside what is known of work and studies",
            register =>
            {
                var a = register.Insats("A");
                for (var i = 0; i < 24; i++)
                {
                    var stay = register.Participation(register.Person(i < 15 ? "woman" : "man"), a, "2024-01-10", "2024-06-10", "arbete");
                    register.Occupation(stay, "before", work: 0, study: 0, seeking: i < 4);
                    if (i < 18)
                        register.Occupation(stay, "after", i < 6 ? 50 : 0, study: 0, seeking: i is >= 6 and < 12);
                }
            },
            [
                Table("positiva-avslut", "rader: definition") + "\n\n"
                    + Figure("sysselsattning", "staplar", "statistik: before, after", "rader: statistic", "kolumner: category"),
            ],
            AttackedKind.Count,
            "sysselsättning/båda | före = Söker aktivt arbete | period = 2024",
            4),
        new(
            "women and men who are followed are all there are",
            register =>
            {
                var a = register.Insats("A");
                Stays(register, a, women: 12, men: 9);
                for (var i = 0; i < 9; i++)
                    register.Participation(register.Person("woman"), a, "2024-03-01", education: i < 2 ? "grundskola" : "gymnasium");
                for (var i = 0; i < 14; i++)
                    register.Participation(register.Person("man"), a, "2024-03-01", education: i < 7 ? "grundskola" : "gymnasium");
                var house = register.Insats("Öppet hus", isCounted: true);
                register.HeadCount(house, 2024, 1, "unknown", 7);
            },
            [
                Table("personer", "statistik: in_period", "rader: education", "kolumner: gender") + "\n\n"
                    + Table("deltaganden", "statistik: in_period", "rader: insats") + "\n\n"
                    + Figure("tid-till-avslut", "tid", "statistik: remaining", "rader: category", "kolumner: gender"),
            ],
            AttackedKind.Count,
            "personer/i perioden | kön = Kvinnor | period = 2024 | utbildning = Grundskola",
            2),
    ];

    private static void Stays(SmallRegister register, int insats, int women, int men)
    {
        register.Participations_of(women, "woman", insats, "2024-02-01", ended: null, reason: null);
        register.Participations_of(men, "man", insats, "2024-02-01", ended: null, reason: null);
    }

    private static void Exits(SmallRegister register, int insats, string gender, params (string Reason, int Number)[] exits)
    {
        foreach (var (reason, number) in exits)
            register.Participations_of(number, gender, insats, "2024-01-10", "2024-06-10", reason);
    }

    private static string Table(string measure, params string[] keys) => Block("tabell", measure, keys);

    private static string Figure(string measure, string kind, params string[] keys) => Block("diagram", measure, [$"typ: {kind}", .. keys]);

    // Names and titles are told apart by what they show.
    private static string Block(string block, string measure, string[] keys)
    {
        var id = string.Concat($"{measure}-{string.Join('-', keys)}".Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(60));
        return $"```{block}\nid: {id}\nrubrik: {measure} efter {string.Join(' ', keys)}\nmatt: {measure}\n{string.Join('\n', keys)}\n```";
    }
}
