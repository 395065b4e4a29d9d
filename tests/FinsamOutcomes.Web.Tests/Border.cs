using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests;

/// <summary>Two förbund; in the first, one insats that is the user's own and one that is not, each with a participant.</summary>
internal sealed record Border(Place Own, Place Foreign, Place OtherForbund)
{
    public const string OwnInsats = "egen insats";
    public const string ForeignInsats = "annan insats";
    public const string ForeignForbund = "annat förbund";

    public IEnumerable<(string Name, Place Ids)> Places => [(OwnInsats, Own), (ForeignInsats, Foreign), (ForeignForbund, OtherForbund)];

    public static async Task<Border> MakeAsync(WebHost host)
    {
        var first = await host.AddForbundAsync("Samordningsförbundet Norr");
        var second = await host.AddForbundAsync("Samordningsförbundet Söder");
        return new Border(
            await Place.MakeAsync(host, first, "Insam"),
            await Place.MakeAsync(host, first, "Vägen in"),
            await Place.MakeAsync(host, second, "Stegen"));
    }
}

/// <summary>What fills in a route's parameters on one side of a border.</summary>
internal sealed record Place(int ForbundId, int InsatsId, IReadOnlyDictionary<string, int> Ids)
{
    // The same on every side: what is said by it is not anybody's.
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["year"] = "2024",
        ["list"] = "remittenter",
        ["file"] = "kon.csv",
        ["ordinal"] = "alla",
        ["format"] = "html",
    };

    public static async Task<Place> MakeAsync(WebHost host, int forbundId, string name)
    {
        var insatsId = await host.Get<InsatsStore>()
            .AddAsync(
                new NewInsats
                {
                    ForbundId = forbundId,
                    Name = name,
                    Orientation = "individual",
                    FollowUpMethod = "individual",
                    StartsOn = new DateOnly(2023, 1, 1),
                });
        var participantId = await host.Get<ParticipantStore>()
            .AddAsync(
                new NewParticipant
                {
                    ForbundId = forbundId,
                    Code = $"{name}-1",
                    Gender = "woman",
                    BirthYear = 1990,
                });
        var participation = await host.Get<ParticipationStore>()
            .RegisterAsync(
                new NewParticipation
                {
                    ForbundId = forbundId,
                    ParticipantId = participantId,
                    InsatsId = insatsId,
                    StartedOn = new DateOnly(2024, 2, 5),
                });
        var instrumentId = await host.Get<InstrumentStore>()
            .AddAsync(
                new NewInstrument
                {
                    ForbundId = forbundId,
                    Code = name,
                    InstrumentVersion = 1,
                    Respondent = "participant",
                    Items =
                    [
                        new NewInstrumentItem
                        {
                            Code = "f1",
                            ScaleMin = 1,
                            ScaleMax = 5,
                            IsHigherBetter = true,
                            Texts = new Dictionary<string, string> { ["sv"] = "Hur mår du?" },
                        },
                    ],
                });
        var assessmentId = await host.Get<AssessmentStore>()
            .RegisterAsync(
                new NewAssessment
                {
                    ForbundId = forbundId,
                    ParticipationId = participation.Id,
                    InstrumentId = instrumentId,
                    Occasion = "start",
                    AnsweredOn = new DateOnly(2024, 2, 6),
                    Answers = [new NewAnswer { ItemCode = "f1", Value = 3 }],
                });
        var jobId = await host.Get<ReportJobStore>()
            .RequestAsync(
                new NewReportJob
                {
                    ForbundId = forbundId,
                    Report = "projektredovisning",
                    CalendarYear = 2023,
                    Policy = "minst-5",
                    Actor = "prov",
                });
        var export = host.Get<UppfoljningFinsamExport>();
        await export.FileAsync(await export.CountAsync(forbundId, 2024, 0), UppfoljningFinsamExport.ParticipantsFile, "prov");
        var publicationId = await host.Get<PublicationStore>().KeepAsync(Publication(forbundId));
        var user = await host.AddUserAsync(forbundId, [Role.Caseworker], [insatsId]);
        return new Place(forbundId, insatsId, new Dictionary<string, int>
        {
            ["forbundId"] = forbundId,
            ["insatsId"] = insatsId,
            ["participantId"] = participantId,
            ["participationId"] = participation.Id,
            ["assessmentId"] = assessmentId,
            ["userId"] = user.Id,
            ["jobId"] = jobId,
            ["deliveryId"] = (await host.Get<DeliveryStore>().AllAsync(forbundId))[0].Id,
            ["publicationId"] = publicationId,
            ["number"] = 1,
        });
    }

    // One that tells how many took part in 2023.
    private static NewPublication Publication(int forbundId) => new()
    {
        ForbundId = forbundId,
        Report = "projektredovisning",
        CalendarYear = 2023,
        Title = "Projektredovisning 2023",
        PeriodFrom = new(2023, 1, 1),
        PeriodTo = new(2023, 12, 31),
        Policy = "minst-5",
        LeavesOutUnknownGender = false,
        Moment = new() { At = new(2024, 2, 1, 0, 0, 0, DateTimeKind.Utc), LastParticipation = 0, LastAssessment = 0, LastInsats = 0, LastChange = 0, LastEvent = 0 },
        MadeBy = "prov",
        Definition = "# Projektredovisning {år}",
        Document = KeptDocument.Write(new()
        {
            Title = "Projektredovisning 2023",
            Forbund = "Samordningsförbundet",
            PeriodFrom = new(2023, 1, 1),
            PeriodTo = new(2023, 12, 31),
            GeneratedOn = new(2024, 2, 1),
            PolicyText = "minst 5",
            IsInternal = false,
            IsDemo = true,
            Blocks = [new HeadingBlock(1, "Deltagande")],
        }),
        // Nothing that a later one need reckon with.
        Counts = [],
        Measures =
        [
            new()
            {
                Ordinal = 1,
                Request = $$"""
                    {"Request":{"Measure":"deltaganden","ForbundId":{{forbundId}},"From":"2023-01-01","To":"2023-12-31","Per":0,"By":0},
                    "Statistics":["in_period"],"OfWhole":[],"TellsEachN":false,"MayBeCoarser":false}
                    """,
                DefinitionText = "Deltagande i perioden.",
            },
        ],
        Cells =
        [
            new()
            {
                Ordinal = 1,
                MeasureOrdinal = 1,
                DefinitionCode = null,
                Statistic = "in_period",
                PeriodFrom = new(2023, 1, 1),
                PeriodTo = new(2023, 12, 31),
                InsatsId = null,
                Insats = null,
                Gender = "alla",
                AgeGroup = "alla",
                Education = "alla",
                Referrer = "alla",
                Category = null,
                FromCategory = null,
                State = "shown",
                Bound = null,
                Value = 0,
                Numerator = null,
                Denominator = null,
                N = null,
                CountedValue = 0,
                CountedNumerator = null,
                CountedDenominator = null,
                CountedN = null,
            },
        ],
    };

    /// <summary>The address of a route with its parameters filled in; a parameter that nothing is known of fails.</summary>
    public string Address(string route) => RightsTableTests.Parameter().Replace(route, match =>
    {
        var name = match.Groups["name"].Value;
        if (Ids.TryGetValue(name, out var id))
            return id.ToString(CultureInfo.InvariantCulture);
        return s_words.GetValueOrDefault(name) ?? throw new ArgumentException($"{route}: say in Place what {name} is.", nameof(route));
    });
}
