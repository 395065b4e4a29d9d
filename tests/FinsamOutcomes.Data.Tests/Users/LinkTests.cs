using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Users;

public sealed class LinkTests
{
    private const string Boss = "chef@exempel.invalid";
    private const string Guest = "gast@exempel.invalid";

    [Theory, ClassData(typeof(Engines))]
    public async Task A_link_works_once_also_when_two_use_it_at_the_same_time(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var links = new InvitationStore(f.Test.Database);
        var insats = await f.InsatsAsync();
        var token = await links.InviteAsync(Invitation(f) with { InsatsIds = [insats] });
        (await links.PendingAsync(f.ForbundId)).ShouldHaveSingleItem().UserName.ShouldBe(Guest);
        var uses = Enumerable.Range(0, 2).Select(i => Task.Run(() => links.AcceptAsync(token, $"hash {i}"))).ToList();
        var refused = await Task.WhenAll(uses.Select(u => u.ContinueWith(t => t.Exception?.InnerException, TaskScheduler.Default)));
        refused.OfType<RegistrationException>().ShouldHaveSingleItem();

        var user = (await new UserStore(f.Test.Database).AllAsync(f.ForbundId)).ShouldHaveSingleItem();
        (user.User.UserName, user.Roles.Single(), user.Insatser.Single().InsatsId).ShouldBe((Guest, "caseworker", insats));
        (await StateAsync(f, token)).ShouldBe(InvitationState.Used);
        (await links.PendingAsync(f.ForbundId)).ShouldBeEmpty();
        (await ActionsAsync(f)).ShouldBe(["Invitations.Invite", "Invitations.Accept"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_link_that_has_expired_been_withdrawn_or_replaced_works_no_more(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var links = new InvitationStore(f.Test.Database);
        var withdrawn = await links.InviteAsync(Invitation(f));
        await links.WithdrawAsync(f.ForbundId, (await links.PendingAsync(f.ForbundId)).Single().Id, Boss);
        var replaced = await links.InviteAsync(Invitation(f));
        var expired = await links.InviteAsync(Invitation(f));
        f.Clock.Advance(InvitationStore.InvitationLasts);
        foreach (
            var (token, state) in new[] { (withdrawn, InvitationState.Withdrawn), (replaced, InvitationState.Withdrawn), (expired, InvitationState.Expired) }
        )
        {
            (await StateAsync(f, token)).ShouldBe(state);
            (await RegistryFixture.WrongFieldsAsync(() => links.AcceptAsync(token, "hash"))).ShouldBe([""]);
        }

        (await RegistryFixture.WrongFieldsAsync(() => links.AcceptAsync("finns inte", "hash"))).ShouldBe([""]);
        (await links.FindAsync("finns inte")).ShouldBeNull();
        (await new AccountStore(f.Test.Database).AnyAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_link_to_a_new_password_ends_the_sessions_and_opens_a_locked_account(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (links, accounts) = (new InvitationStore(f.Test.Database), new AccountStore(f.Test.Database));
        await AddAsync(f, Boss, "administrator");
        var id = await AddAsync(f, Guest, "auditor");
        await accounts.SetLockoutAsync(id, f.Clock.GetUtcNow().UtcDateTime.AddMinutes(15));
        var before = (await accounts.SessionAsync(id, "session"))!.SecurityStamp;
        var token = await links.ResetAsync(f.ForbundId, id, Boss);
        (await accounts.SessionAsync(id, "session"))!.SecurityStamp.ShouldBe(before, "what they had works until they choose");
        await links.AcceptAsync(token, "new hash");
        var user = (await accounts.FindAsync(id)).ShouldNotBeNull();
        (user.PasswordHash, user.LockoutEndsAt).ShouldBe(("new hash", null));
        (await accounts.SessionAsync(id, "session"))!.SecurityStamp.ShouldNotBe(before);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_session_that_was_signed_out_has_no_stamp_and_the_users_others_have(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var accounts = new AccountStore(f.Test.Database);
        var user = (await accounts.FindAsync(await AddAsync(f, Guest, "auditor"))).ShouldNotBeNull();
        var ends = f.Clock.GetUtcNow().UtcDateTime.AddHours(12);
        await accounts.EndSessionAsync(user, "ett", ends);
        await accounts.EndSessionAsync(user, "ett", ends);
        (await accounts.SessionAsync(user.Id, "ett")).ShouldBeNull();
        (await accounts.SessionAsync(user.Id, "två"))!.SecurityStamp.ShouldBe(user.SecurityStamp);
        (await ActionsAsync(f)).ShouldBe(["Users.Add", "Users.SignOut"]);

        // A row is kept for as long as the cookie could be used.
        f.Clock.Advance(TimeSpan.FromHours(13));
        await accounts.EndSessionAsync(user, "tre", ends.AddHours(13));
        (await f.SqlAsync("SELECT session_hash FROM ended_session")).ShouldBe(AccountStore.Hash("tre"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_older_link_gives_nothing_when_a_newer_has_been_made_however_the_address_was_written(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var links = new InvitationStore(f.Test.Database);
        var powerful = await links.InviteAsync(Invitation(f) with { UserName = "Gäst@exempel.invalid", Roles = ["administrator"] });
        var meant = await links.InviteAsync(Invitation(f) with { UserName = "gäst@exempel.invalid", Roles = ["auditor"] });
        (await StateAsync(f, powerful)).ShouldBe(InvitationState.Withdrawn);
        var id = await links.AcceptAsync(meant, "hash");
        (await RegistryFixture.WrongFieldsAsync(() => links.AcceptAsExistingAsync(powerful, id))).ShouldBe([""]);
        (await new UserStore(f.Test.Database).AllAsync(f.ForbundId)).Single().Roles.ShouldBe(["auditor"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_link_is_made_anew_with_what_it_gave_also_when_it_has_run_out(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (links, insats) = (new InvitationStore(f.Test.Database), await f.InsatsAsync());
        var late = await links.InviteAsync(Invitation(f) with { InsatsIds = [insats] });
        f.Clock.Advance(InvitationStore.InvitationLasts + TimeSpan.FromDays(1));
        var pending = (await links.PendingAsync(f.ForbundId)).ShouldHaveSingleItem();
        var token = await links.RenewAsync(f.ForbundId, pending.Id, Boss);
        (await links.PendingAsync(f.ForbundId)).ShouldHaveSingleItem().Id.ShouldNotBe(pending.Id);
        (await RegistryFixture.WrongFieldsAsync(() => links.RenewAsync(f.ForbundId, pending.Id, Boss))).ShouldBe([""]);
        (await RegistryFixture.WrongFieldsAsync(() => links.AcceptAsync(late, "hash"))).ShouldBe([""]);
        await links.AcceptAsync(token, "hash");
        var user = (await new UserStore(f.Test.Database).AllAsync(f.ForbundId)).Single();
        (user.Roles.Single(), user.Insatser.Single().InsatsId).ShouldBe(("caseworker", insats));
        f.Clock.Advance(TimeSpan.FromDays(40));
        (await links.PendingAsync(f.ForbundId)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Links_to_a_new_password_end_with_the_password_the_account_or_the_role_that_they_were_for(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (links, accounts, users) = (new InvitationStore(f.Test.Database), new AccountStore(f.Test.Database), new UserStore(f.Test.Database));
        await AddAsync(f, Boss, "administrator");
        var id = await AddAsync(f, Guest, "auditor");

        var changed = await links.ResetAsync(f.ForbundId, id, Boss);
        var user = (await accounts.FindAsync(id)).ShouldNotBeNull();
        (user.PasswordHash, user.SecurityStamp) = ("own choice", "new stamp");
        await accounts.SaveAsync(user);
        (await StateAsync(f, changed)).ShouldBe(InvitationState.Withdrawn);

        var off = await links.ResetAsync(f.ForbundId, id, Boss);
        await users.SetActiveAsync(f.ForbundId, id, 1, isActive: false, Boss);
        await users.SetActiveAsync(f.ForbundId, id, 2, isActive: true, Boss);
        (await StateAsync(f, off)).ShouldBe(InvitationState.Withdrawn);

        var removed = await links.ResetAsync(f.ForbundId, id, Boss);
        await users.RemoveAsync(f.ForbundId, id, 3, Boss);
        (await StateAsync(f, removed)).ShouldBe(InvitationState.Withdrawn);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_token_of_a_link_is_nowhere_in_the_database(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var token = await new InvitationStore(f.Test.Database).InviteAsync(Invitation(f));
        (await f.SqlAsync("SELECT token_hash FROM user_invitation")).ShouldBe(AccountStore.Hash(token));
        (await f.EverythingWrittenAsync()).ShouldNotContain(token);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_first_account_is_administrator_of_every_forbund_and_the_link_ends_with_it(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var links = new InvitationStore(f.Test.Database);
        var old = (await links.SetupAsync()).ShouldNotBeNull();
        var token = (await links.SetupAsync()).ShouldNotBeNull();
        var first = new FirstUser { UserName = Boss, DisplayName = "Prov", PasswordHash = "hash" };
        (await RegistryFixture.WrongFieldsAsync(() => links.AcceptSetupAsync(old, first))).ShouldBe([""]);
        (await RegistryFixture.WrongFieldsAsync(() => links.AcceptAsync(token, "hash"))).ShouldBe([""]);
        (await RegistryFixture.WrongFieldsAsync(() => links.AcceptSetupAsync(token, first with { UserName = "fel" }))).ShouldBe(["UserName"]);
        await links.AcceptSetupAsync(token, first);
        (await new UserStore(f.Test.Database).AllAsync(f.ForbundId)).Single().Roles.ShouldBe(["administrator"]);
        (await links.SetupAsync()).ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_recovery_code_works_once_and_new_ones_replace_the_old(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var accounts = new AccountStore(f.Test.Database);
        var user = (await accounts.FindAsync(await AddAsync(f, Guest, "auditor"))).ShouldNotBeNull();
        await accounts.ReplaceRecoveryCodesAsync(user.Id, ["ABC", "DEF", "GHI"]);
        var uses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => accounts.UseRecoveryCodeAsync(user, "ABC"))));
        uses.Count(isUsed => isUsed).ShouldBe(1);
        (await accounts.UseRecoveryCodeAsync(user, "XYZ")).ShouldBeFalse();
        (await accounts.CountRecoveryCodesAsync(user.Id)).ShouldBe(2);
        await accounts.ReplaceRecoveryCodesAsync(user.Id, ["JKL"]);
        (await accounts.UseRecoveryCodeAsync(user, "DEF")).ShouldBeFalse();
        (await ActionsAsync(f)).ShouldBe(["Users.Add", "Users.UseRecoveryCode"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_key_of_the_app_is_encrypted_for_one_account_and_a_code_of_it_works_once(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var accounts = new AccountStore(f.Test.Database);
        var id = await AddAsync(f, Guest, "auditor");
        var encrypted = await accounts.EncryptKeyAsync(id, "JBSWY3DPEHPK3PXP");
        (await accounts.DecryptKeyAsync(id, encrypted)).ShouldBe("JBSWY3DPEHPK3PXP");
        (await accounts.DecryptKeyAsync(id + 1, encrypted)).ShouldBeNull();
        (await accounts.UseCodePeriodAsync(id, 7)).ShouldBeTrue();
        (await accounts.UseCodePeriodAsync(id, 7)).ShouldBeFalse();
        (await accounts.UseCodePeriodAsync(id, 6)).ShouldBeFalse("an older code than the last used one");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Failures_at_the_same_time_are_all_counted(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var accounts = new AccountStore(f.Test.Database);
        var id = await AddAsync(f, Guest, "auditor");
        var counted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => accounts.CountFailureAsync(id))));
        counted.Order().ShouldBe([1, 2, 3, 4]);
    }

    private static NewInvitation Invitation(RegistryFixture f) =>
        new() { ForbundId = f.ForbundId, UserName = Guest, DisplayName = "Prov", Roles = ["caseworker"], Actor = Boss };

    private static Task<int> AddAsync(RegistryFixture f, string userName, string role) =>
        new UserStore(f.Test.Database).AddAsync(
            new NewUser
            {
                ForbundId = f.ForbundId,
                UserName = userName,
                DisplayName = "Prov",
                PasswordHash = "hash",
                Roles = [role],
                Actor = Boss,
            });

    private static async Task<InvitationState> StateAsync(RegistryFixture f, string token) =>
        (await new InvitationStore(f.Test.Database).FindAsync(token)).ShouldNotBeNull().StateAt(f.Clock.GetUtcNow().UtcDateTime);

    private static async Task<IReadOnlyList<string>> ActionsAsync(RegistryFixture f) =>
        [
            .. (await new AuditStore(f.Test.Database).SearchAsync(f.ForbundId, new AuditFilter(), 1, "prov"))
                .Events.OrderBy(e => e.EventNumber)
                .Select(e => e.Action)
                .Where(a => a.StartsWith("Users.", StringComparison.Ordinal) || a.StartsWith("Invitations.", StringComparison.Ordinal)),
        ];
}
