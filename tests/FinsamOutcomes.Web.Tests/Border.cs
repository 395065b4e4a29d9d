using System.Globalization;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;

namespace FinsamOutcomes.Web.Tests;

/// <summary>Two förbund; in the first, one insats that is the user's own and one that is not, each with a participant.</summary>
internal sealed record Border(Place Own, Place Foreign, Place OtherForbund)
{
    public const string OwnInsats = "egen insats";
    public const string ForeignInsats = "annan insats";
    public const string ForeignForbund = "annat förbund";

    public IEnumerable<(string Name, Place Ids)> Places => [(OwnInsats, Own), (ForeignInsats, Foreign), (ForeignForbund, OtherForbund)];

    public static async Task<Border> MakeAsync(FinsamDatabase database)
    {
        var forbund = new ForbundStore(database);
        var first = await forbund.AddAsync(new NewForbund { Name = "Samordningsförbundet Norr" });
        var second = await forbund.AddAsync(new NewForbund { Name = "Samordningsförbundet Söder" });
        return new Border(await Place.MakeAsync(database, first, "Insam"), await Place.MakeAsync(database, first, "Vägen in"), await Place.MakeAsync(database, second, "Stegen"));
    }
}

/// <summary>The ids that fill in a route's parameters.</summary>
internal sealed record Place(int ForbundId, int InsatsId, int ParticipantId, int ParticipationId, int AssessmentId)
{
    public static async Task<Place> MakeAsync(FinsamDatabase database, int forbundId, string name)
    {
        var insatsId = await new InsatsStore(database).AddAsync(new NewInsats
        {
            ForbundId = forbundId,
            Name = name,
            Orientation = "individual",
            FollowUpMethod = "individual",
            StartsOn = new DateOnly(2023, 1, 1),
        });
        var participantId = await new ParticipantStore(database).AddAsync(new NewParticipant { ForbundId = forbundId, Code = $"{name}-1", Gender = "woman", BirthYear = 1990 });
        var participation = await new ParticipationStore(database).RegisterAsync(new NewParticipation { ForbundId = forbundId, ParticipantId = participantId, InsatsId = insatsId, StartedOn = new DateOnly(2024, 2, 5) });
        var instrumentId = await new InstrumentStore(database).AddAsync(new NewInstrument
        {
            ForbundId = forbundId,
            Code = $"EX-{name}",
            InstrumentVersion = 1,
            Respondent = "participant",
            Items = [new NewInstrumentItem { Code = "mående", ScaleMin = 1, ScaleMax = 5, IsHigherBetter = true, Texts = new Dictionary<string, string> { ["sv"] = "Hur mår du?" } }],
        });
        var assessmentId = await new AssessmentStore(database).RegisterAsync(new NewAssessment { ForbundId = forbundId, ParticipationId = participation.Id, InstrumentId = instrumentId, Occasion = "start", AnsweredOn = new DateOnly(2024, 2, 6), Answers = [new NewAnswer { ItemCode = "mående", Value = 3 }] });
        return new Place(forbundId, insatsId, participantId, participation.Id, assessmentId);
    }

    /// <summary>The address of a route with its parameters filled in; a parameter that nothing is known of fails.</summary>
    public string Address(string route) => RightsTableTests.Parameter().Replace(route, match => match.Groups["name"].Value switch
    {
        "forbundId" => Text(ForbundId),
        "insatsId" => Text(InsatsId),
        "participantId" => Text(ParticipantId),
        "participationId" => Text(ParticipationId),
        "assessmentId" => Text(AssessmentId),
        var other => throw new ArgumentException($"{route}: say in Place what {other} is.", nameof(route)),
    });

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
