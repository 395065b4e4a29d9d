using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>A database with one invented förbund, filled through the real import and stores, on 1 February 2025.</summary>
internal sealed class ReportFixture : IAsyncDisposable
{
    private const string InsatsHeader = "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser";
    private const string InstrumentHeader = "instrument;version;respondent;fraga;text;min;max;riktning;minsta_viktiga_forandring";
    private const string AnswerHeader = "deltagarkod;insats;instrument;tillfalle;datum;fraga;varde;version";

    private const string ParticipationHeader =
        "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning;koad;remittent;forsorjning_fore;forsorjning_efter;"
        + "arbete_fore;studier_fore;soker_arbete_fore;arbete_efter;studier_efter;soker_arbete_efter";

    private int _groups;

    private ReportFixture(TestDatabase test, ForbundRow forbund) => (Test, Forbund) = (test, forbund);

    public TestDatabase Test { get; }

    public ForbundRow Forbund { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("finsam-rapport-").FullName;

    public static async Task<ReportFixture> CreateAsync(string engine = "sqlite")
    {
        var test = await TestDatabase.CreateAsync(engine, FixedClock.At("2025-02-01"));
        var forbund = new ForbundStore(test.Database);
        await forbund.AddAsync(new NewForbund { Name = "Samordningsförbundet Exempel" });
        return new ReportFixture(test, (await forbund.AllAsync()).Single());
    }

    /// <summary>JOBS II in its four import files.</summary>
    public static async Task<ReportFixture> JobsTwoAsync()
    {
        var folder = SharedData.Path("jobs2");
        var fixture = await CreateAsync();
        foreach (var kind in Enum.GetValues<ImportKind>().Where(k => File.Exists(Path.Combine(folder, ImportFormat.Of(k).Name + ".csv"))))
            (
                await new Importer(fixture.Test.Database, fixture.Forbund.Id).ImportAsync(kind, Path.Combine(folder, ImportFormat.Of(kind).Name + ".csv"))
            ).IsSaved.ShouldBeTrue();
        return fixture;
    }

    /// <summary>Few people in many groups, so that nearly every table has numbers of 1–4; from a fixed seed.</summary>
    public static async Task<ReportFixture> SmallAsync()
    {
        var fixture = await CreateAsync();
        await fixture.InsatserAsync(
            "Åkern;;individinriktad;individ;nej;2022-01-01;;40",
            "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;20",
            "Örat;Åkern;individinriktad;individ;nej;2022-01-01;;",
            "Steget;;individinriktad;individ;ja;2022-01-01;;10",
            "Nätverket;;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.InstrumentAsync(
            "Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1",
            "Min väg;1;deltagare;oro;Hur orolig är du?;1;5;lagre_ar_battre;0");
        var random = new Random(11);
        string Pick(params string[] from) => from[random.Next(from.Length)];
        var (stays, answers) = (new List<string>(), new List<string>());
        for (var i = 1; i <= 90; i++)
        {
            var (code, insats) = ($"P{i:D3}", Pick("Insam", "Insam", "Örat", "Steget"));
            var start = new DateOnly(2022, 3, 1).AddDays(random.Next(900));
            var end = random.Next(5) == 0 ? (DateOnly?)null : start.AddDays(60 + random.Next(120));
            var after = end is null ? ";" : Pick("lon:100", "ekonomiskt_bistand:100", "studiestod:100", "") + ";";
            var work = end is null ? ";;" : Pick("50;0;nej", "0;50;nej", "0;0;ja", "0;0;nej");
            stays.Add(
                Text(
                    $"{code};{insats};{Pick("kvinna", "kvinna", "man", "man", "okant")};{random.Next(1960, 2004)};{Pick("grundskola", "gymnasium", "eftergymnasial_kort", "")};{start:yyyy-MM-dd};{end:yyyy-MM-dd};{(end is null ? "" : Pick("arbete", "arbete", "studier", "subventionerat_arbete", "sjukdom", "flyttat", "arbetssokande"))};;{Pick("arbetsformedlingen", "region_psykiatri", "skola", "")};{Pick("ekonomiskt_bistand:100", "sjukpenning:100")};{after}0;0;{Pick("ja", "nej")};{work}"
                ));
            if (random.Next(3) > 0)
                answers.Add(Text($"{code};{insats};Min väg;start;{start:yyyy-MM-dd};halsa;{random.Next(1, 8)};1"));
            if (end is not null && random.Next(3) > 0)
                answers.Add(Text($"{code};{insats};Min väg;avslut;{end:yyyy-MM-dd};halsa;{random.Next(3, 11)};1"));
        }

        for (var i = 1; i <= 3; i++)
            stays.Add(Text($"K{i};Steget;man;1990;;;;;2024-11-0{i};;;;;;;;;"));
        await fixture.ParticipationsAsync([.. stays]);
        await fixture.AnswersAsync([.. answers]);
        return fixture;
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public Task InsatserAsync(params string[] rows) => ImportAsync(ImportKind.Insatser, InsatsHeader, rows);

    public Task InstrumentAsync(params string[] rows) => ImportAsync(ImportKind.Instrument, InstrumentHeader, rows);

    /// <summary>Rows of the long header; a shorter row is filled up with empty columns.</summary>
    public Task ParticipationsAsync(params string[] rows) =>
        ImportAsync(
            ImportKind.Deltagare,
            ParticipationHeader,
            [.. rows.Select(r => r + new string(';', ParticipationHeader.Count(c => c == ';') - r.Count(c => c == ';')))]);

    public Task AnswersAsync(params string[] rows) => ImportAsync(ImportKind.Sjalvskattning, AnswerHeader, rows);

    /// <summary>So many exits of one gender from an insats in 2024, with a reason.</summary>
    public Task ExitsAsync(string insats, string gender, string reason, int number, int year = 2024)
    {
        _groups++;
        return number == 0
            ? Task.CompletedTask
            : ParticipationsAsync([
                .. Enumerable.Range(1, number).Select(i => Text($"G{_groups}-{i};{insats};{gender};1985;gymnasium;{year}-01-10;{year}-06-10;{reason}")),
            ]);
    }

    public async Task<int> InsatsIdAsync(string name) =>
        (await new InsatsStore(Test.Database).TreeAsync(Forbund.Id)).SelectMany(n => n.Delprojekt.Prepend(n)).Single(n => n.Insats.Name == name).Insats.Id;

    public async Task BudgetAsync(string insats, long? budget, long? outcome = null, int year = 2024, int? participants = null) =>
        await new InsatsEconomyStore(Test.Database).SetYearAsync(
            new NewInsatsYear
            {
                ForbundId = Forbund.Id,
                InsatsId = await InsatsIdAsync(insats),
                CalendarYear = year,
                BudgetKronor = budget,
                OutcomeKronor = outcome,
                BudgetedParticipants = participants,
            });

    /// <summary>What the national form asks of the förbund itself: 9 million from three members, capital, and an administration.</summary>
    public async Task ForbundMoneyAsync(int year = 2024)
    {
        var funds = new FundsStore(Test.Database);
        foreach (var (name, kind, kronor) in new[] { ("Staten", "state", 4_500_000), ("Region Norr", "region", 2_250_000), ("Norrby kommun", "municipality", 2_250_000) })
            await funds.SetContributionAsync(new NewContribution { ForbundId = Forbund.Id, CalendarYear = year, Name = name, Kind = kind, Kronor = kronor });
        await funds.SetYearAsync(new NewForbundYear { ForbundId = Forbund.Id, CalendarYear = year, OwnCapitalKronor = 750_000 });
        await new InsatsEconomyStore(Test.Database).SetCostAsync(
            new NewForbundCost
            {
                ForbundId = Forbund.Id,
                CalendarYear = year,
                Name = "Kansli",
                IsAdministration = true,
                BudgetKronor = 1_500_000,
                OutcomeKronor = 1_450_000,
            });
    }

    public async Task TargetAsync(string measure, decimal goal, string direction = "at_least", string? insats = null, string? definition = null) =>
        await new InsatsEconomyStore(Test.Database).SetTargetAsync(
            new NewTarget
            {
                ForbundId = Forbund.Id,
                InsatsId = insats is null ? null : await InsatsIdAsync(insats),
                Measure = measure,
                Definition = definition,
                CalendarYear = 2024,
                Goal = goal,
                Direction = direction,
            });

    public async Task HeadCountAsync(string insats, string gender, int number, int half = 0, int year = 2024) =>
        await new HeadCountStore(Test.Database).SetAsync(
            new NewHeadCount
            {
                ForbundId = Forbund.Id,
                InsatsId = await InsatsIdAsync(insats),
                CalendarYear = year,
                Half = half,
                Gender = gender,
                NumberOfPeople = number,
            });

    public Task<IReadOnlyList<MeasureCell>> MeasureAsync(
        string measure,
        string? insats,
        PeriodKind per,
        MeasureDimensions by = MeasureDimensions.None,
        int year = 2024) =>
        Test.Database.MeasureAsync(
            new MeasureRequest
            {
                Measure = measure,
                ForbundId = Forbund.Id,
                From = new(year, 1, 1),
                To = new(year, 12, 31),
                Insats = insats,
                Per = per,
                By = by,
            });

    public async Task<ReportDocument> BuildAsync(
        string report = "arsredovisning",
        int year = 2024,
        PublicationPolicy policy = PublicationPolicy.Minst5,
        string? templates = null) => (await MakeAsync(report, year, policy, templates)).Document;

    /// <summary>The report with what is kept of it.</summary>
    public Task<BuiltReport> MakeAsync(
        string report = "arsredovisning",
        int year = 2024,
        PublicationPolicy policy = PublicationPolicy.Minst5,
        string? templates = null) =>
        new ReportBuilder(Test.Database).BuildAsync(
            new ReportRequest
            {
                Forbund = Forbund,
                Definition = ReportDefinition.Load(report, templates),
                Year = year,
                Policy = policy,
            });

    /// <summary>A folder of templates with one report <c>prov</c> of this text.</summary>
    public string Templates(string text, string? insats = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "prov"));
        File.WriteAllText(Path.Combine(folder, "prov", "rapport.md"), text);
        if (insats is not null)
            File.WriteAllText(Path.Combine(folder, "prov", "insats.md"), insats);
        return folder;
    }

    public Task<ReportDocument> BuildFromAsync(string text, string? insats = null, PublicationPolicy policy = PublicationPolicy.Minst5) =>
        BuildAsync("prov", policy: policy, templates: Templates(text, insats));

    /// <summary>Counts with plain SQL, beside all that is tested.</summary>
    public async Task<T> SqlAsync<T>(string sql)
    {
        await using var connection = await Test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType(await command.ExecuteScalarAsync(), typeof(T), CultureInfo.InvariantCulture)!;
    }

    public async ValueTask DisposeAsync()
    {
        await Test.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task ImportAsync(ImportKind kind, string header, string[] rows)
    {
        var path = Path.Combine(Folder, "fil.csv");
        await File.WriteAllLinesAsync(path, [header, .. rows], Encoding.UTF8);
        var result = await new Importer(Test.Database, Forbund.Id).ImportAsync(kind, path);
        result.IsSaved.ShouldBeTrue(string.Join('\n', result.Problems.Kept.Select(p => p.ToString())));
    }
}
