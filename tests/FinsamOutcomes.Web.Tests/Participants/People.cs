using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>A host with an insats of a caseworker's own and one that is not, and invented people in them.</summary>
internal sealed class People : IAsyncDisposable
{
    private People(WebHost host, int own, int foreign, TestUser caseworker, WebBrowser browser) =>
        (Host, Own, Foreign, Caseworker, Browser) = (host, own, foreign, caseworker, browser);

    public WebHost Host { get; }

    public int Own { get; }

    public int Foreign { get; }

    public TestUser Caseworker { get; }

    /// <summary>Signed in as the caseworker.</summary>
    public WebBrowser Browser { get; }

    public string Root => $"/f/{Host.ForbundId}";

    public static async Task<People> StartAsync()
    {
        var host = await WebHost.StartAsync();
        var (own, foreign) = (await host.AddInsatsAsync("Insam"), await host.AddInsatsAsync("Vägen in"));
        var caseworker = await host.AddUserAsync(host.ForbundId, [Role.Caseworker], own);
        return new People(host, own, foreign, caseworker, await host.SignInAsync(caseworker));
    }

    public Task<RegisteredPerson> AddAsync(
        string? code = null,
        string? started = "2024-02-01",
        string? queued = null,
        string? name = null,
        string? number = null,
        bool isProtected = false,
        int? insats = null) =>
        Host.Get<ParticipationStore>()
            .RegisterNewAsync(
                new NewRegistration
                {
                    ForbundId = Host.ForbundId,
                    Code = code,
                    Gender = number is null ? "woman" : "man",
                    BirthYear = number is null ? 1990 : null,
                    Name = name,
                    PersonalNumber = number,
                    HasProtectedIdentity = isProtected,
                    InsatsId = insats ?? Own,
                    StartedOn = started is null ? null : DateOnly.Parse(started),
                    QueuedOn = queued is null ? null : DateOnly.Parse(queued),
                    IsNotDuplicate = true,
                    Actor = "prov",
                });

    /// <summary>One who has left; the exit is registered today.</summary>
    public async Task<RegisteredPerson> LeftAsync(string code, string started, string ended, string? name = null, string? number = null)
    {
        var person = await AddAsync(code, started, name: name, number: number);
        await Host.Get<ParticipationStore>()
            .ExitAsync(
                new NewExit
                {
                    ForbundId = Host.ForbundId,
                    ParticipationId = person.ParticipationId,
                    Version = 1,
                    EndedOn = DateOnly.Parse(ended),
                });
        return person;
    }

    public string Person(RegisteredPerson person) => $"{Root}/deltagare/{person.ParticipantId}";

    public string Participation(RegisteredPerson person, string form) => $"{Root}/deltaganden/{person.ParticipationId}/{form}";

    public async Task<ParticipationRow> RowAsync(RegisteredPerson person) =>
        (await Host.Get<ParticipationStore>().FindAsync(Host.ForbundId, person.ParticipationId))!;

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Host.DisposeAsync();
    }
}
