using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Users;

public sealed class UserTests
{
    private const string Boss = "chef@exempel.invalid";

    [Theory, ClassData(typeof(Engines))]
    public async Task A_user_has_the_roles_and_insatser_that_were_given_last(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new UserStore(f.Test.Database);
        var (first, second) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("Rätt jobb"));
        await AddAsync(f, Boss, "administrator");
        var id = await AddAsync(f, "a@exempel.invalid", ["caseworker", "caseworker"], [first, first]);
        var added = await OneAsync(f, id);
        (added.User.UserName, added.User.IsActive, added.User.IsTwoFactorEnabled, added.User.Version).ShouldBe(("a@exempel.invalid", true, false, 1));
        added.Roles.ShouldBe(["caseworker"]);
        added.Insatser.Select(i => i.Name).ShouldBe(["Insam"]);

        await store.SetRolesAsync(Change(f, id, 1, ["caseworker", "insats_manager"], [second]));
        var changed = await OneAsync(f, id);
        changed.Roles.ShouldBe(["caseworker", "insats_manager"]);
        changed.Insatser.Select(i => i.Name).ShouldBe(["Rätt jobb"]);

        await store.RemoveAsync(f.ForbundId, id, 2, Boss);
        (await store.AllAsync(f.ForbundId)).Select(u => u.User.UserName).ShouldBe([Boss]);
        (await new AccountStore(f.Test.Database).FindAsync(id)).ShouldNotBeNull("the log still names the account");
        (await EventsAsync(f)).ShouldBe([
            "Users.Add administrator",
            "Users.Add caseworker caseworker",
            "Users.SetRoles caseworker insats_manager; insatser: Rätt jobb",
            "Users.Remove",
        ]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_is_wrong_with_an_account_is_told_and_nothing_of_it_is_kept(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var elsewhere = await new ForbundStore(f.Test.Database).AddAsync(new NewForbund { Name = "Samordningsförbundet Andra", IsDemo = true });
        var theirs = await f.Insatser.AddAsync(
            new()
            {
                ForbundId = elsewhere,
                Name = "Deras",
                Orientation = "individual",
                FollowUpMethod = "individual",
                StartsOn = RegistryFixture.On("2023-01-01"),
            });
        await AddAsync(f, Boss, "administrator");
        (await RegistryFixture.WrongFieldsAsync(() => AddAsync(f, "ingen adress", "auditor"))).ShouldBe(["UserName"]);
        (await RegistryFixture.WrongFieldsAsync(() => AddAsync(f, Boss.ToUpperInvariant(), "auditor"))).ShouldBe(["UserName"]);
        (await RegistryFixture.WrongFieldsAsync(() => AddAsync(f, "b@exempel.invalid", ["caseworker"], [theirs]))).ShouldBe(["InsatsIds"]);
        (await new UserStore(f.Test.Database).AllAsync(f.ForbundId)).Count.ShouldBe(1);
        (await new AccountStore(f.Test.Database).FindByNameAsync(AppUser.Normalize("b@exempel.invalid"))).ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_last_active_administrator_stays_one(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new UserStore(f.Test.Database);
        var only = await AddAsync(f, Boss, "administrator");
        (await RegistryFixture.WrongFieldsAsync(() => store.SetRolesAsync(Change(f, only, 1, ["auditor"], [])))).ShouldBe(["Roles"]);
        (await RegistryFixture.WrongFieldsAsync(() => store.RemoveAsync(f.ForbundId, only, 1, Boss))).ShouldBe([""]);
        (await RegistryFixture.WrongFieldsAsync(() => store.SetActiveAsync(f.ForbundId, only, 1, isActive: false, Boss))).ShouldBe([""]);
        (await OneAsync(f, only)).User.ShouldSatisfyAllConditions(u => u.IsActive.ShouldBeTrue(), u => u.Version.ShouldBe(1));

        // One who is switched off doesn't count.
        var second = await AddAsync(f, "b@exempel.invalid", "administrator");
        await store.SetActiveAsync(f.ForbundId, second, 1, isActive: false, Boss);
        (await RegistryFixture.WrongFieldsAsync(() => store.RemoveAsync(f.ForbundId, only, 1, Boss))).ShouldBe([""]);
        await store.SetActiveAsync(f.ForbundId, second, 2, isActive: true, Boss);
        await store.RemoveAsync(f.ForbundId, only, 1, Boss);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Of_two_administrators_who_save_at_once_the_second_is_told(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new UserStore(f.Test.Database);
        await AddAsync(f, Boss, "administrator");
        var id = await AddAsync(f, "a@exempel.invalid", "auditor");
        var saves = new[] { "auditor", "process_supporter" }.Select(role => Task.Run(() => store.SetRolesAsync(Change(f, id, 1, [role], [])))).ToList();
        var outcomes = await Task.WhenAll(saves.Select(s => s.ContinueWith(t => t.Exception?.InnerException, TaskScheduler.Default)));
        outcomes.Count(o => o is null).ShouldBe(1);
        var refused = outcomes.OfType<RegistrationException>().ShouldHaveSingleItem();
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe(RegistrationException.VersionField);
        (await OneAsync(f, id)).User.Version.ShouldBe(2);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Two_administrators_who_take_the_role_from_each_other_at_once_leave_one(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var store = new UserStore(f.Test.Database);
        var (one, two) = (await AddAsync(f, Boss, "administrator"), await AddAsync(f, "b@exempel.invalid", "administrator"));
        await Task.WhenAll(
            new[] { one, two }.Select(id => Task.Run(() => store.RemoveAsync(f.ForbundId, id, 1, Boss)).ContinueWith(t => t.Exception, TaskScheduler.Default)));
        (await store.AllAsync(f.ForbundId)).Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_account_that_reaches_into_another_forbund_is_not_changed_from_this_one(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (store, elsewhere) = (
            new UserStore(f.Test.Database),
            await new ForbundStore(f.Test.Database).AddAsync(new NewForbund { Name = "Samordningsförbundet Andra", IsDemo = true }));
        await AddAsync(f, Boss, "administrator");
        var id = await store.AddAsync(
            new NewUser
            {
                ForbundId = elsewhere,
                UserName = "a@exempel.invalid",
                DisplayName = "Prov",
                PasswordHash = "hash",
                Roles = ["administrator"],
            });
        var links = new InvitationStore(f.Test.Database);
        var token = await links.InviteAsync(
            new NewInvitation
            {
                ForbundId = f.ForbundId,
                UserName = "A@exempel.invalid",
                DisplayName = "Prov",
                Roles = ["auditor"],
                Actor = Boss,
            });
        await links.AcceptAsExistingAsync(token, id);
        (await OneAsync(f, id)).Roles.ShouldBe(["auditor"]);
        foreach (
            var act in new Func<Task>[]
            {
                () => store.SetActiveAsync(f.ForbundId, id, 1, isActive: false, Boss),
                () => store.RemoveCodeAsync(f.ForbundId, id, 1, Boss),
                () => links.ResetAsync(f.ForbundId, id, Boss),
            })
            (await RegistryFixture.WrongFieldsAsync(act)).ShouldBe([""]);
        await store.RemoveAsync(f.ForbundId, id, 1, Boss);
    }

    private static Task<int> AddAsync(RegistryFixture f, string userName, string role) => AddAsync(f, userName, [role], []);

    private static Task<int> AddAsync(RegistryFixture f, string userName, string[] roles, int[] insatser) =>
        new UserStore(f.Test.Database).AddAsync(
            new NewUser
            {
                ForbundId = f.ForbundId,
                UserName = userName,
                DisplayName = "Prov",
                PasswordHash = "hash",
                Roles = roles,
                InsatsIds = insatser,
                Actor = Boss,
            });

    private static UserChange Change(RegistryFixture f, int id, int version, string[] roles, int[] insatser) =>
        new() { ForbundId = f.ForbundId, UserId = id, Version = version, Roles = roles, InsatsIds = insatser, Actor = Boss };

    private static async Task<ForbundUser> OneAsync(RegistryFixture f, int id) =>
        (await new UserStore(f.Test.Database).AllAsync(f.ForbundId)).Single(u => u.User.Id == id);

    private static async Task<IReadOnlyList<string>> EventsAsync(RegistryFixture f) =>
        [
            .. (await new AuditStore(f.Test.Database).SearchAsync(f.ForbundId, new AuditFilter { Entity = "app_user" }, 1, "prov"))
                .Events.OrderBy(e => e.EventNumber)
                .Select(e => $"{e.Action} {e.Detail}".Trim()),
        ];
}
