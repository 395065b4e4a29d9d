using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class CaseworkerTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task One_caseworker_at_a_time_follows_a_participation_and_a_change_keeps_the_days(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, foreign) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var (anna, bo, stranger) = (await f.UserAsync("anna", own), await f.UserAsync("bo", own), await f.UserAsync("cia", foreign));
        foreach (var user in new[] { anna, bo, stranger })
            await f.SqlAsync($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES ({user}, {f.ForbundId}, 'caseworker')");
        var stay = await f.EnterAsync(await f.ParticipantAsync(), own, "2024-01-10");
        var store = new CaseworkerStore(f.Test.Database);
        (await store.CandidatesAsync(f.ForbundId, own)).Select(c => c.UserName).ShouldBe(["anna", "bo"]);
        var given = new NewCaseworker
        {
            ForbundId = f.ForbundId,
            ParticipationId = stay,
            Version = 1,
            AppUserId = anna,
            FromOn = On("2024-01-10"),
            Actor = "anna",
        };
        (await WrongFieldsAsync(() => store.AssignAsync(given with { AppUserId = stranger, FromOn = On("2024-01-09") }))).ShouldBe(["FromOn", "AppUserId"]);

        await store.AssignAsync(given with { AppUserId = bo });
        (await WrongFieldsAsync(() => store.AssignAsync(given))).ShouldBe(["Version"]);
        await store.AssignAsync(given with { Version = 2 });
        await store.AssignAsync(given with { Version = 3 });
        await store.AssignAsync(given with { Version = 3, AppUserId = bo, FromOn = On("2024-03-01") });
        (await WrongFieldsAsync(() => store.AssignAsync(given with { Version = 4, FromOn = On("2024-02-01") }))).ShouldBe(["FromOn"]);
        (await store.OfAsync(f.ForbundId, stay))
            .Select(c => (c.UserName, c.FromOn, c.ToOn))
            .ShouldBe([("bo", On("2024-03-01"), null), ("anna", On("2024-01-10"), On("2024-02-29"))]);
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participation, stay))
            .Select(h => (h.Field, h.OldValue, h.NewValue))
            .ShouldBe([("Caseworker", "anna", "bo"), ("Caseworker", "bo", "anna"), ("Caseworker", null, "bo")]);

        await store.EndAsync(f.ForbundId, stay, 4, On("2024-04-30"), "bo");
        (await store.OfAsync(f.ForbundId, stay))[0].ToOn.ShouldBe(On("2024-04-30"));
        (await WrongFieldsAsync(() => store.EndAsync(f.ForbundId, stay, 5, On("2024-04-30"), "bo"))).ShouldBe(["ParticipationId"]);
        (await store.OfAsync(f.ForbundId + 1, stay)).ShouldBeEmpty();
    }
}
