using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Cli.Tests.Losenord;

public sealed class LosenordVerbTests
{
    [Fact]
    public async Task An_administrator_who_is_alone_gets_in_again_by_a_link_that_stands_in_the_log_and_others_are_sent_to_their_own()
    {
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Exempel");
        var database = await FinsamDatabase.OpenAsync(finsam.Address);
        var forbundId = (await new ForbundStore(database).AllAsync())[0].Id;
        var user = await AddAsync("chef@exempel.invalid", "administrator");
        await AddAsync("anna@exempel.invalid", "caseworker");

        (await finsam.RunAsync("losenord", "--anvandare", "ingen@exempel.invalid")).Error.ShouldContain("Det finns inget aktivt konto");
        (await finsam.RunAsync("losenord", "--anvandare", "anna@exempel.invalid")).Error.ShouldContain("Kontot är inte en förbundsadministratörs");
        var made = await finsam.RunAsync("losenord", "--anvandare", "Chef@exempel.invalid");
        (made.ExitCode, made.Error).ShouldBe((0, ""));
        var token = made.Output.Split("/inbjudan/")[1].Trim();
        (await new InvitationStore(database).AcceptAsync(token, "hash")).ShouldBe(user);
        var log = await new AuditStore(database).SearchAsync(forbundId, new AuditFilter { Action = "Invitations.Reset" }, 1, "revisor");
        log.Events.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(e => e.Actor.ShouldStartWith("kommandoraden"), e => e.Detail.ShouldEndWith("utan en andra administratör"));

        // Whose phone is lost too: the second factor goes only when that is asked for, and is told of in the log.
        var (accounts, passkeys) = (new AccountStore(database), new PasskeyStore(database));
        var account = (await accounts.FindAsync(user))!;
        account.IsTwoFactorEnabled = true;
        await accounts.SaveAsync(account);
        await accounts.ReplaceRecoveryCodesAsync(user, ["reserv"]);
        await passkeys.AddAsync(
            account,
            new NewPasskey
            {
                Name = "telefonen",
                CredentialId = [1],
                PublicKey = [2],
                SignCount = 0,
                Transports = "",
                IsBackupEligible = false,
                IsBackedUp = false,
            });
        (await finsam.RunAsync("losenord", "--anvandare", "chef@exempel.invalid")).Output.ShouldContain("gör en ny länk med --utan-engangskod");
        (await accounts.AskedFactorAsync((await accounts.FindAsync(user))!)).ShouldBe(AskedFactor.Code);
        var without = await finsam.RunAsync("losenord", "--anvandare", "chef@exempel.invalid", "--utan-engangskod");
        (without.ExitCode, without.Error).ShouldBe((0, ""));
        without.Output.ShouldContain("engångskod, reservkoder och passkeys är borttagna");
        var open = (await accounts.FindAsync(user))!;
        (open.IsTwoFactorEnabled, open.SecurityStamp == account.SecurityStamp, open.PasswordHash).ShouldBe((false, false, null));
        ((await passkeys.OfAsync(user)).Count, await accounts.CountRecoveryCodesAsync(user)).ShouldBe((0, 0));
        (await new AuditStore(database).SearchAsync(forbundId, new AuditFilter { Action = "Users.RemoveCode" }, 1, "revisor"))
            .Events.ShouldHaveSingleItem()
            .Detail.ShouldBe("utan en andra administratör");

        await AddAsync("ny@exempel.invalid", "administrator");
        (await finsam.RunAsync("losenord", "--anvandare", "chef@exempel.invalid")).Error.ShouldContain("Det finns en annan förbundsadministratör");

        // Where passwords are switched off, by somebody who has another way in, the server lets them in again.
        var (rules, administrator) = (new RuleRequestStore(database), new Administrator(forbundId, user, "chef@exempel.invalid"));
        var off = new AccessSettings { IsPasswordOff = true };
        (await Should.ThrowAsync<RegistrationException>(() => rules.SetAsync(administrator, off))).Errors[0].Field.ShouldBe("IsPasswordOff");
        await new ExternalIdentityStore(database).ConnectAsync(
            (await new AccountStore(database).FindAsync(user))!,
            new ExternalSubject("entra", "Entra ID", "https://login.exempel.se", "sub", "abc"));
        (await rules.SetAsync(administrator, off)).ShouldBeFalse();
        (await new AccountStore(database).IsPasswordOffAsync(user)).ShouldBeTrue();
        var again = await finsam.RunAsync("losenord", "--anvandare", "chef@exempel.invalid");
        (again.ExitCode, again.Error).ShouldBe((0, ""));
        again.Output.ShouldContain("lösenord igen i Samordningsförbundet Exempel");
        (await new AccountStore(database).IsPasswordOffAsync(user)).ShouldBeFalse();

        Task<int> AddAsync(string userName, string role) =>
            new UserStore(database).AddAsync(
                new NewUser
                {
                    ForbundId = forbundId,
                    UserName = userName,
                    DisplayName = "Prov",
                    PasswordHash = "hash",
                    Roles = [role],
                });
    }
}
