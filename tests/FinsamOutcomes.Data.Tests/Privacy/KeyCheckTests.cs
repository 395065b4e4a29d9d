using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Privacy;

/// <summary>A key file of another database, one that is lost, and names that can't be read. On SQLite: the key file lies beside each database.</summary>
[Collection(nameof(Alone))]
public sealed class KeyCheckTests
{
    [Fact]
    public async Task The_key_of_another_database_is_refused_at_start_and_before_each_use_and_saves_nothing()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var id = await AddAsync(f, "A1", "Elin Provsson");
        var path = KeyFile.PathFor(f.Test.Database);
        var right = await File.ReadAllTextAsync(path);
        PutAnother(path);

        (await Should.ThrowAsync<KeyFileException>(() => KeyFile.CheckAsync(f.Test.Database))).Message.ShouldContain("--ny-nyckel");
        (await WrongFieldsAsync(() => AddAsync(f, "A2", "Karin Provsson"))).ShouldBe(["Name"]);
        (await WrongFieldsAsync(() => f.Participants.UpdateAsync(Change(f, id) with { Name = "Annan" }))).ShouldBe(["Name"]);
        await Should.ThrowAsync<KeyFileException>(() => new AccountStore(f.Test.Database).EncryptKeyAsync(1, "hemlig"));
        var identity = await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna");
        (identity.Name, identity.IsKeyUnusable).ShouldBe((null, true));

        // What needs no key goes on, and what can't be read stays for when the key is back.
        await f.ParticipantAsync("A3");
        await f.Participants.UpdateAsync(Change(f, id) with { Code = "A9", KeepsUnreadable = true });
        (await new ParticipantListStore(f.Test.Database).SearchAsync(f.ForbundId, await f.UserAsync("anna"), "Elin", "anna")).IsKeyUnusable.ShouldBeTrue();
        File.WriteAllText(path, right);
        await KeyFile.CheckAsync(f.Test.Database);
        (await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna")).Name.ShouldBe("Elin Provsson");
    }

    [Fact]
    public async Task A_database_from_before_the_check_takes_a_key_that_reads_it_and_no_other()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        await AddAsync(f, "A1", "Elin Provsson");
        var path = KeyFile.PathFor(f.Test.Database);
        var right = await File.ReadAllTextAsync(path);
        await f.SqlAsync("DELETE FROM key_check");
        PutAnother(path);
        await Should.ThrowAsync<KeyFileException>(() => KeyFile.CheckAsync(f.Test.Database));
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM key_check")).ShouldBe(0);

        File.WriteAllText(path, right);
        await KeyFile.CheckAsync(f.Test.Database);
        var noted = (byte[])(await f.SqlAsync("SELECT check_value FROM key_check"))!;
        noted.ShouldBe(new FieldCipher(KeyFile.Read(path)).CheckValue);
        noted.ShouldNotBe(KeyFile.Read(path));
    }

    [Fact]
    public async Task A_lost_key_is_left_behind_with_every_loss_told_and_written_and_the_names_can_be_written_anew()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var insats = await f.InsatsAsync();
        var user = await f.UserAsync("anna", insats);
        await f.SqlAsync($"INSERT INTO app_user_role (forbund_id, app_user_id, role) VALUES ({f.ForbundId}, {user}, 'caseworker')");
        var accounts = new AccountStore(f.Test.Database);
        var account = (await accounts.FindAsync(user))!;
        (account.AuthenticatorKeyEncrypted, account.IsTwoFactorEnabled) = (await accounts.EncryptKeyAsync(user, "JBSWY3DPEHPK3PXP"), true);
        await accounts.SaveAsync(account);
        await new DataProtectionKeyStore(f.Test.Database).AddAsync("nyckel", "<key/>");
        var subject = new ExternalSubject("entra", "Entra ID", "https://login.exempel.se", "sub", "abc");
        await new ExternalIdentityStore(f.Test.Database).ConnectAsync(account, subject);
        var id = await AddAsync(f, "A1", "Elin Provsson", "701063-2391");
        await AddAsync(f, "A2", "Karin Provsson");
        await f.EnterAsync(id, insats);
        await Should.ThrowAsync<KeyFileException>(() => LostKey.ReplaceAsync(f.Test.Database, "kommandoraden (prov)"));
        var path = KeyFile.PathFor(f.Test.Database);
        File.Delete(path);
        await KeyFile.CheckAsync(f.Test.Database);
        await Should.ThrowAsync<KeyFileException>(() => new DataProtectionKeyStore(f.Test.Database).AllAsync());

        var lost = await LostKey.ReplaceAsync(f.Test.Database, "kommandoraden (prov)");

        lost.ShouldBe(new LostSecrets(Names: 2, Numbers: 1, SecondFactors: 1, SignIns: 1) { Connections = 1 });
        lost.InWords().ShouldBe(
            "Förlorat: 2 namn, 1 personnummer, 1 användares engångskod och 1 nyckel till inloggningar. 1 användare är inte längre ansluten till sin inloggningstjänst.");
        (await new ExternalIdentityStore(f.Test.Database).OfAsync(user)).ShouldBeEmpty();
        (await new DataProtectionKeyStore(f.Test.Database).AllAsync()).Unreadable.ShouldBe(0);
        var after = (await accounts.FindAsync(user))!;
        (after.IsTwoFactorEnabled, after.AuthenticatorKeyEncrypted).ShouldBe((false, null));
        after.SecurityStamp.ShouldNotBe(account.SecurityStamp);
        var log = await new AuditStore(f.Test.Database).SearchAsync(f.ForbundId, new AuditFilter { Actor = "kommandoraden (prov)" }, 1, "revisor");
        log.Events.Select(e => e.Action).ShouldBe(["ExternalIdentities.Lose", "Users.LoseCode", "Privacy.NewKey"]);
        log.Events[2].Detail.ShouldBe("förlorade namn 2, personnummer 1, i hela databasen engångskoder 1, nycklar till inloggningar 1");

        // Unreadable is a state of the row: searched by code, opened, written anew, and everything else goes on.
        var lists = new ParticipantListStore(f.Test.Database);
        (await lists.SearchAsync(f.ForbundId, user, "Elin", "anna")).Hits.ShouldBeEmpty();
        (await lists.SearchAsync(f.ForbundId, user, "A1", "anna")).Hits.ShouldHaveSingleItem().IsNameUnreadable.ShouldBeTrue();
        var identity = await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna");
        (identity.IsNameUnreadable, identity.IsNumberUnreadable, identity.IsKeyUnusable).ShouldBe((true, true, false));
        await f.Participants.UpdateAsync(Change(f, id) with { Name = "Elin Provsson", KeepsUnreadable = true });
        (await lists.SearchAsync(f.ForbundId, user, "Elin", "anna")).Hits.ShouldHaveSingleItem().Name.ShouldBe("Elin Provsson");
        (await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna")).IsNumberUnreadable.ShouldBeTrue("nothing was written in its stead");
        await f.Participants.UpdateAsync(Change(f, id) with { Version = 2, Name = "Elin Provsson" });
        (await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna")).IsUnreadable.ShouldBeFalse();
    }

    [Fact]
    public async Task One_unreadable_name_hides_no_other_and_stops_no_registration_of_the_same_year()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var insats = await f.InsatsAsync();
        var user = await f.UserAsync("anna", insats);
        var (whole, broken) = (await AddAsync(f, "A1", "Elin Provsson"), await AddAsync(f, "A2", "Elin Provberg"));
        await f.EnterAsync(whole, insats);
        await f.EnterAsync(broken, insats);
        await f.SqlAsync($"UPDATE participant SET name_encrypted = (SELECT p.name_encrypted FROM participant p WHERE p.id = {whole}) WHERE id = {broken}");

        var list = await f.NamesAsync("anna", whole, broken);
        (list[whole].Name, list[broken].Name, list[broken].IsNameUnreadable).ShouldBe(("Elin Provsson", null, true));
        (await new ParticipantListStore(f.Test.Database).SearchAsync(f.ForbundId, user, "Elin", "anna")).Hits.Select(h => h.Code).ShouldBe(["A1"]);
        var refused = await Should.ThrowAsync<RegistrationException>(() =>
            f.Participations.RegisterNewAsync(Registration.NewRegistrationTests.New(f, insats) with { UserId = user, Name = "Elin Provson" }));
        refused.LikelySame.ShouldHaveSingleItem().ParticipantId.ShouldBe(whole);

        // A name from before there was an index, too.
        await f.SqlAsync($"DELETE FROM participant_name_index WHERE participant_id = {broken}");
        var reopened = await FinsamDatabase.OpenAsync(f.Test.Address, f.Clock);
        (await new ParticipantListStore(reopened).SearchAsync(f.ForbundId, user, "Elin", "anna")).Hits.Select(h => h.Code).ShouldBe(["A1"]);
    }

    [Fact]
    public async Task A_change_of_key_reaches_every_column_that_holds_what_is_encrypted()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name LIKE '%_encrypted' WHERE m.type = 'table'";
        await using var reader = await command.ExecuteReaderAsync();
        var stored = new List<string>();
        while (await reader.ReadAsync())
            stored.Add(reader.GetString(0));
        KeyChange.Columns.Select(c => $"{c.Table}.{c.Column}").ShouldBe(stored, ignoreOrder: true);
        var read = test.Database.Sql["Privacy.Encrypted"].Text;
        KeyChange.Columns.ShouldAllBe(c => read.Contains($"'{c.Column}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whom_a_provider_knows_is_found_again_after_a_change_of_key()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var identities = new ExternalIdentityStore(f.Test.Database);
        var subject = new ExternalSubject("entra", "Entra ID", "https://login.exempel.se", "sub", "abc");
        var user = await f.UserAsync("anna");
        await identities.ConnectAsync((await new AccountStore(f.Test.Database).FindAsync(user))!, subject);
        var before = (string)(await f.SqlAsync("SELECT subject_hash FROM external_identity"))!;
        await KeyChange.RunAsync(f.Test.Database, "kommandoraden (prov)");
        ((string)(await f.SqlAsync("SELECT subject_hash FROM external_identity"))!).ShouldNotBe(before);
        (await identities.FindUserAsync(subject)).ShouldNotBeNull().Id.ShouldBe(user);
        (await identities.FindUserAsync(new ExternalSubject("entra", "Entra ID", "https://nagon-annan.invalid", "sub", "abc"))).ShouldBeNull();
    }

    private static ParticipantChange Change(RegistryFixture f, int id) =>
        new()
        {
            ForbundId = f.ForbundId,
            Id = id,
            Version = 1,
            Code = "A1",
            Gender = "man",
            BirthYear = 1970,
            Name = null,
            PersonalNumber = null,
            HasProtectedIdentity = false,
        };

    private static Task<int> AddAsync(RegistryFixture f, string code, string name, string? number = null) =>
        f.Participants.AddAsync(
            new NewParticipant
            {
                ForbundId = f.ForbundId,
                Code = code,
                Gender = number is null ? "woman" : "man",
                BirthYear = number is null ? 1990 : null,
                Name = name,
                PersonalNumber = number,
            });

    private static void PutAnother(string path)
    {
        File.Delete(path);
        KeyFile.ReadOrCreate(path);
    }
}
