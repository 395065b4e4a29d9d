using System.Globalization;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Assessments;

/// <summary>A host with one insats, three participants in it, an instrument of two questions, and the insats' caseworker.</summary>
internal sealed class Papers : IAsyncDisposable
{
    private Papers(WebHost host) => Host = host;

    public WebHost Host { get; }

    public int InsatsId { get; private set; }

    public int InstrumentId { get; private set; }

    public TestUser User { get; private set; } = null!;

    public IReadOnlyList<int> Participations { get; private set; } = [];

    public string Root => $"/f/{Host.ForbundId}";

    public string Pile => $"{Root}/sjalvskattningar?insats={InsatsId}&instrument={InstrumentId}&tillfalle=start&datum=2024-05-14";

    public static async Task<Papers> StartAsync()
    {
        var papers = new Papers(await WebHost.StartAsync());
        var host = papers.Host;
        papers.InsatsId = await host.AddInsatsAsync();
        papers.Participations = [await papers.EnterAsync("D0012"), await papers.EnterAsync("D0013"), await papers.EnterAsync("D0014")];
        papers.InstrumentId = await host.Get<InstrumentStore>()
            .AddAsync(
                new NewInstrument
                {
                    ForbundId = host.ForbundId,
                    Code = "EX-2",
                    InstrumentVersion = 1,
                    Respondent = "participant",
                    Items =
                    [
                        new NewInstrumentItem
                        {
                            Code = "mående",
                            ScaleMin = 1,
                            ScaleMax = 5,
                            IsHigherBetter = true,
                            Texts = new Dictionary<string, string> { ["sv"] = "Hur mår du?", ["ar"] = "كيف حالك؟" },
                        },
                        new NewInstrumentItem
                        {
                            Code = "sömn",
                            ScaleMin = 0,
                            ScaleMax = 10,
                            IsHigherBetter = false,
                            Texts = new Dictionary<string, string> { ["sv"] = "Hur ofta sover du dåligt?" },
                        },
                    ],
                });
        papers.User = await host.AddUserAsync(host.ForbundId, [Role.Caseworker], papers.InsatsId);
        return papers;
    }

    public async Task<int> EnterAsync(string code, int? insatsId = null, string startedOn = "2024-01-10", int? birthYear = 1990)
    {
        var id = await Host.Get<ParticipantStore>()
            .AddAsync(
                new NewParticipant
                {
                    ForbundId = Host.ForbundId,
                    Code = code,
                    Gender = "woman",
                    BirthYear = birthYear,
                });
        return (
            await Host.Get<ParticipationStore>()
                .RegisterAsync(
                    new NewParticipation
                    {
                        ForbundId = Host.ForbundId,
                        ParticipantId = id,
                        InsatsId = insatsId ?? InsatsId,
                        StartedOn = DateOnly.Parse(startedOn, CultureInfo.InvariantCulture),
                    })).Id;
    }

    public Task<int> RegisterAsync(int stay, decimal first = 3, string on = "2024-02-01") =>
        Host.Get<AssessmentStore>().RegisterAsync(new NewAssessment
        {
            ForbundId = Host.ForbundId,
            ParticipationId = stay,
            InstrumentId = InstrumentId,
            Occasion = "start",
            AnsweredOn = DateOnly.Parse(on, CultureInfo.InvariantCulture),
            Answers = [new NewAnswer { ItemCode = "mående", Value = first }, new NewAnswer { ItemCode = "sömn", MissingReason = "declined" }],
        });

    public Task<IReadOnlyList<Assessment>> OfAsync(int stay) => Host.Get<AssessmentStore>().OfParticipationAsync(Host.ForbundId, stay);

    /// <summary>What to type in the questions of a page, in their order.</summary>
    public static (string Name, string Value)[] Answers(WebPage page, params string[] answers) =>
        [.. Regex.Matches(page.Html, @"name=""(Input\.Answers\[\d+\])""").Select(m => m.Groups[1].Value).Zip(answers)];

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
