using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Cli.Tests.Backups;

/// <summary>Backups of two förbund: made while the database is used, proved, put back, and refused when a byte is another.</summary>
public sealed class BackupVerbTests
{
    [Fact, OnlySqlite("a server makes its own backups.")]
    public async Task A_backup_is_without_its_key_proves_itself_and_is_put_back_with_those_erased_since_erased_again()
    {
        using var two = await TwoForbund.MakeAsync();
        var finsam = two.Finsam;
        var erased = await two.AddAsync(0, "BORT", "Borta Exempel", TwoForbund.Number(0, TwoForbund.Few));
        foreach (var (id, name) in new[] { (9001, "slutat"), (9002, "kvar") })
            two.Ask(
                "INSERT INTO app_user (id, user_name, normalized_user_name, display_name, security_stamp, is_two_factor_enabled, access_failed_count, is_active, created_at) "
                    + $"VALUES ({id}, '{name}', '{name.ToUpperInvariant()}', '{name}', 'gammal', 0, 0, 1, '2026-01-01 10:00:00.000')");
        two.Ask(
            "INSERT INTO api_key (id, forbund_id, app_user_id, key_hash, made_at, made_by, made_by_id, expires_on) "
                + $"VALUES (9001, {two.ForbundIds[0]}, 9002, 'ab', '2026-01-01 10:00:00.000', 'prov', 9002, '2030-01-01')");

        two.Ask(
            "INSERT INTO user_invitation (id, forbund_id, kind, user_name, display_name, token_hash, created_at, created_by, expires_at) "
                + $"VALUES (9001, {two.ForbundIds[0]}, 'invitation', 'ny', 'ny', 'ab', '2026-01-01 10:00:00.000', 'prov', '2059-01-01 10:00:00.000')");

        foreach (var role in new[] { "caseworker", "auditor" })
            two.Ask($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES (9002, {two.ForbundIds[0]}, '{role}')");
        two.Ask($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES (9002, {two.ForbundIds[1]}, 'administrator')");
        two.Ask($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES (9001, {two.ForbundIds[1]}, 'caseworker')");
        var guarded = await two.AddAsync(1, "SKYDD", "Skyddad Exempel");
        two.Ask(
            "INSERT INTO consent (id, forbund_id, participant_id, scope, given_on, version) "
                + $"VALUES (9001, {two.ForbundIds[1]}, {guarded}, 'uppfoljning', '2026-01-01', 1)");

        // Somebody has the database open, and somebody has just seen a page that the log hasn't taken in.
        var host = await two.Database.Engine.StayAsync(CancellationToken.None);
        var seen = new NewAuditEvent { ForbundId = two.ForbundIds[1], Actor = "anna", Action = "Participants.Open", Entity = "participant", EntityId = 3 };
        await new ReadingJournal(two.Database).NoteAsync(seen);
        (await finsam.RunAsync("backup", "--out", "kopior", "--nyckel-till", "kopior/under")).Error.ShouldContain("ska inte ligga bland");
        Directory.CreateDirectory(Path.Combine(finsam.Folder, "kopior"));
        Directory.CreateSymbolicLink(Path.Combine(finsam.Folder, "genvag"), Path.Combine(finsam.Folder, "kopior"));
        (await finsam.RunAsync("backup", "--out", "kopior", "--nyckel-till", "genvag/")).Error.ShouldContain("ska inte ligga bland");
        (await finsam.RunAsync("backup", "--out", ".")).Error.ShouldContain("ska inte ligga där nyckelfilen");
        var made = await finsam.RunAsync("backup", "--out", "kopior", "--nyckel-till", "nyckelskap/");
        (made.ExitCode, made.Error).ShouldBe((0, ""));
        var folder = Directory.GetDirectories(Path.Combine(finsam.Folder, "kopior"), "finsam-*").ShouldHaveSingleItem();
        Path.GetFileName(folder).ShouldMatch(@"^finsam-\d{8}T\d{6}Z-[0-9a-f]{8}$");
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(
            ["SHA256SUMS", "finsam.sqlite", "finsam.sqlite.visningar", "manifest.hmac", "manifest.json"],
            ignoreOrder: true);
        if (!OperatingSystem.IsWindows())
        {
            Directory.GetFiles(folder).Select(File.GetUnixFileMode).ShouldAllBe(m => m == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // The key lies elsewhere, and neither it nor a name in the clear is in any file of the backup.
        var key = KeyFile.PathFor(two.Database);
        (await File.ReadAllBytesAsync(Path.Combine(finsam.Folder, "nyckelskap", KeyFile.FileName))).ShouldBe(await File.ReadAllBytesAsync(key));
        byte[][] secrets = [KeyFile.Read(key), Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(key)).Trim()), "Exempelnorr"u8.ToArray(), "Provab"u8.ToArray()];
        foreach (var file in Directory.GetFiles(folder))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            secrets.Count(s => bytes.AsSpan().IndexOf(s) >= 0).ShouldBe(0, file);
        }

        await AlteredBytesAreRefusedAsync(two, folder);
        (await finsam.RunAsync("kontroll", "--backuper", "kopior")).ShouldSatisfyAllConditions(
            r => r.ExitCode.ShouldBe(0, r.Output),
            r => r.Output.ShouldContain("OK       Loggen, Samordningsförbundet Söder:"),
            r => r.Output.ShouldContain("OK       Nyckelfilen: passar databasen."),
            r => r.Output.ShouldContain("och hel."));

        // The drill changes nothing. It says how long it took.
        await two.Database.EraseAsync(two.ForbundIds[0], erased);
        await two.AddAsync(1, "NY", "Ny Exempel");
        var drill = await finsam.RunAsync("restore", folder, "--prova");
        (drill.ExitCode, drill.Error).ShouldBe((0, ""));
        drill.Output.ShouldContain("Kontrollsummorna stämmer: finsam.sqlite, finsam.sqlite.visningar.");
        drill.Output.ShouldContain($"Nyckeln passar: {(2 * 2 * TwoForbund.Few) + 3} namn");
        drill.Output.ShouldContain("deltagare, varav 0 gallrade,");
        (await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"))).ShouldContain("participant_erased");
        drill.Output.ShouldContain("1 visningar som väntade skulle föras in i loggen.");
        drill.Output.ShouldContain("Alla skulle bli utloggade.");
        drill.Output.ShouldContain("1 av 1 som har gallrats fanns kvar och är gallrade igen.");
        TestContext.Current.TestOutputHelper?.WriteLine(Regex.Match(drill.Output, "Det tog .* sekunder").Value);
        two.Number("SELECT COUNT(*) FROM participant WHERE code = 'NY'").ShouldBe(1);

        // In place of a database that is there only when asked to, and when nobody has it open.
        (await finsam.RunAsync("restore", folder)).Error.ShouldContain("--ersatt");
        var inUse = await finsam.RunAsync("restore", folder, "--ersatt");
        inUse.Output.ShouldNotContain("utloggade");
        (inUse.ExitCode, inUse.Error.Contains("används", StringComparison.Ordinal)).ShouldBe((1, true), inUse.Error);
        await host!.DisposeAsync();
        SqliteConnection.ClearAllPools();
        var list = await File.ReadAllBytesAsync(finsam.Database + ".gallrade");
        await DamagedListsAreRefusedAsync(finsam, folder, list);
        await TamperedIsRefusedAsync(finsam, folder);

        // Whoever has been shut out since stays so.
        two.Ask("UPDATE app_user SET is_active = 0 WHERE user_name = 'slutat'");
        two.Ask("UPDATE api_key SET revoked_at = '2026-11-28 10:00:00.000', revoked_by = 'prov'");
        two.Ask("DELETE FROM app_user_role WHERE role IN ('caseworker', 'administrator')");
        two.Ask($"INSERT INTO code_required_role (forbund_id, role) VALUES ({two.ForbundIds[0]}, 'auditor')");
        two.Ask($"INSERT INTO access_setting (forbund_id, reach_months, is_password_off, version) VALUES ({two.ForbundIds[0]}, 6, 1, 1)");
        two.Ask($"DELETE FROM participant_name_index WHERE participant_id = {guarded}");
        two.Ask(
            "UPDATE participant SET has_protected_identity = 1, name_encrypted = NULL, personal_number_encrypted = NULL, personal_number_index = NULL "
                + $"WHERE id = {guarded}");
        two.Ask("UPDATE consent SET withdrawn_on = '2026-06-01'");
        var restored = await finsam.RunAsync("restore", folder, "--ersatt");
        (restored.ExitCode, restored.Error).ShouldBe((0, ""));
        two.Number("SELECT is_active FROM app_user WHERE user_name = 'slutat'").ShouldBe(0);
        two.Number("SELECT COUNT(*) FROM app_user WHERE security_stamp = 'gammal'").ShouldBe(0);

        // Nor do roles, rules and protection of then come back; the last administrator of a förbund is told of instead.
        two.Ask("SELECT group_concat(app_user_id || role, ' ') FROM (SELECT app_user_id, role FROM app_user_role ORDER BY role)").ShouldBe(
            "9002administrator 9002auditor");
        restored.Output.ShouldContain("OBS! kvar är kvar som förbundsadministratör");
        restored.Output.ShouldContain("slutat har inte längre någon roll i ett förbund");
        two.Number("SELECT COUNT(*) FROM code_required_role WHERE role = 'auditor'").ShouldBe(1);
        two.Number("SELECT COUNT(*) FROM access_setting WHERE reach_months = 6 AND is_password_off = 1").ShouldBe(1);
        two.Number($"SELECT COUNT(*) FROM participant WHERE id = {guarded} AND has_protected_identity = 1 AND name_encrypted IS NULL").ShouldBe(1);
        two.Number($"SELECT COUNT(*) FROM participant_name_index WHERE participant_id = {guarded}").ShouldBe(0);
        two.Number("SELECT COUNT(*) FROM consent WHERE withdrawn_on = '2026-06-01'").ShouldBe(1);
        const string Noted = "SELECT action FROM audit_event WHERE detail LIKE '%när en säkerhetskopia lades tillbaka' ORDER BY action";
        two.Ask($"SELECT group_concat(action, ' ') FROM ({Noted})")
            .ShouldBe("Consents.Withdraw Participants.Update Reach.SetSettings Users.Remove Users.SetRoles");
        two.Number("SELECT COUNT(*) FROM api_key WHERE revoked_at IS NULL").ShouldBe(0);
        two.Number("SELECT COUNT(*) FROM user_invitation WHERE withdrawn_at IS NULL").ShouldBe(0);
        restored.Output.ShouldContain("nya lösenord som stängdes: 1 (gör nya under Användare)");
        two.Number("SELECT COUNT(*) FROM participant WHERE code = 'NY'").ShouldBe(0);
        two.Number($"SELECT COUNT(*) FROM participant WHERE id = {erased} AND erased_at IS NOT NULL AND name_encrypted IS NULL").ShouldBe(1);
        two.Number("SELECT COUNT(*) FROM audit_event WHERE action = 'Backups.Restore'").ShouldBe(2);
        two.Number("SELECT COUNT(*) FROM audit_event WHERE actor = 'anna' AND action = 'Participants.Open'").ShouldBe(1);
        two.Number("SELECT COUNT(*) FROM participant WHERE code = 'NY'", Directory.GetFiles(finsam.Folder, "finsam.sqlite.ersatt-*").Single()).ShouldBe(1);
        (await File.ReadAllBytesAsync(finsam.Database + ".gallrade")).ShouldBe(list);
        Directory.GetDirectories(finsam.Folder, "*aterstalls*").ShouldBeEmpty();
        await two.RequireReadableAsync();

        // What is another's or broken is told of, in words and by the exit code.
        two.Ask("UPDATE audit_event SET detail = 'annat' WHERE forbund_id = 2 AND event_number = 2");
        var broken = await finsam.RunAsync("kontroll", "--backuper", "tom");
        (broken.ExitCode, broken.Error).ShouldBe((1, ""));
        broken.Output.ShouldContain("FEL      Loggen, Samordningsförbundet Söder: händelse 2");
        broken.Output.ShouldContain("FEL      Säkerhetskopior:");

        await DamageIsToldAsync(two, folder);

        // Folders that are no backups stop no backup, take nobody's place, and are told of.
        var forged = await ForgeAsync(folder);
        (await finsam.RunAsync("backup", "--out", "kopior", "--behall", "1")).ExitCode.ShouldBe(0);
        Directory.GetDirectories(Path.Combine(finsam.Folder, "kopior")).Except(forged).ShouldHaveSingleItem().ShouldNotBe(folder);
        (await finsam.RunAsync("kontroll", "--backuper", "kopior")).Output.ShouldSatisfyAllConditions(
            [.. forged.Select(f => (Action<string>)(o => o.ShouldContain(Path.GetFileName(f))))]);
    }

    [Fact, OnlySqlite("a server makes its own backups.")]
    public async Task After_a_change_of_key_an_older_backup_is_put_back_with_the_earlier_key_and_read_with_the_one_of_now()
    {
        using var two = await TwoForbund.MakeAsync();
        var finsam = two.Finsam;
        (await finsam.RunAsync("backup", "--out", "kopior")).ExitCode.ShouldBe(0);
        var folder = Directory.GetDirectories(Path.Combine(finsam.Folder, "kopior")).Single();
        two.Ask(
            "INSERT INTO app_user (id, user_name, normalized_user_name, display_name, security_stamp, is_two_factor_enabled, access_failed_count, is_active, created_at, authenticator_key_encrypted) "
                + "VALUES (9001, 'trasig', 'TRASIG', 'trasig', 'x', 0, 0, 1, '2026-01-01 10:00:00.000', zeroblob(40))");
        var changed = await finsam.RunAsync("nyckel", "byt");
        (changed.ExitCode, changed.Error).ShouldBe((3, ""));
        changed.Output.ShouldContain($"{2 * 2 * TwoForbund.Few} uppgifter krypteras om");
        changed.Output.ShouldContain("OBS! 1 uppgift gick inte att läsa");
        two.Ask("DELETE FROM app_user WHERE id = 9001");
        var key = KeyFile.PathFor(two.Database);
        var earlier = Directory.GetFiles(finsam.Folder, KeyFile.FileName + ".gammal-*").ShouldHaveSingleItem();
        KeyFile.Read(earlier).ShouldNotBe(KeyFile.Read(key));
        (await File.ReadAllLinesAsync(key)).ShouldHaveSingleItem();
        await two.RequireReadableAsync(asksMore: true);
        two.Number("SELECT COUNT(*) FROM audit_event WHERE action = 'Privacy.ChangeKey'").ShouldBe(2);

        (await finsam.RunAsync("kontroll", "--backuper", "kopior")).Output.ShouldContain(
            $"VARNING  Äldre nycklar: 1 av säkerhetskopiorna, den senaste {Path.GetFileName(folder)}, behöver en äldre nyckelfil (--nyckel). Den ligger kvar i {earlier}:");
        var refused = await finsam.RunAsync("restore", folder, "--ersatt");
        (refused.ExitCode, refused.Error.Contains("--nyckel", StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
        SqliteConnection.ClearAllPools();
        var before = await File.ReadAllBytesAsync(key);
        var restored = await finsam.RunAsync("restore", folder, "--ersatt", "--nyckel", earlier);
        (restored.ExitCode, restored.Error).ShouldBe((0, ""));
        (await File.ReadAllBytesAsync(key)).ShouldBe(before);
        await two.RequireReadableAsync(asksMore: true);

        // Stopped in the middle of a change: a drill leaves both keys where they are, and a backup waits for the end of it.
        var both = $"{(await File.ReadAllTextAsync(key)).Trim()}\ntidigare-1:{(await File.ReadAllTextAsync(earlier)).Split(':')[1].Trim()}\n";
        await File.WriteAllTextAsync(key, both);
        (await finsam.RunAsync("backup", "--out", "kopior")).Error.ShouldContain("finsam nyckel byt");
        (await finsam.RunAsync("restore", folder, "--prova")).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(key)).ShouldBe(both);
        await two.RequireReadableAsync();

        // Where there is nothing, the key is put in place too.
        File.Delete(key);
        SqliteConnection.ClearAllPools();
        File.Delete(finsam.Database);
        (await finsam.RunAsync("restore", folder)).Error.ShouldContain("--utan-nyckel");
        File.Exists(finsam.Database).ShouldBeFalse();
        (await finsam.RunAsync("restore", folder, "--nyckel", earlier)).ExitCode.ShouldBe(0);
        KeyFile.Read(key).ShouldBe(KeyFile.Read(earlier));
        await two.RequireReadableAsync();
    }

    // All of it at once: each is a line of its own, and hides no other.
    private static async Task DamageIsToldAsync(TwoForbund two, string folder)
    {
        var (finsam, list) = (two.Finsam, two.Finsam.Database + ".gallrade");
        SqliteConnection.ClearAllPools();
        var (whole, signature, sums) = (
            await File.ReadAllBytesAsync(finsam.Database),
            await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.hmac")),
            await File.ReadAllTextAsync(Path.Combine(folder, "SHA256SUMS")));
        var index = (string)two.Ask("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' ORDER BY name")!;
        two.Ask(
            $"""
            PRAGMA foreign_keys = OFF;
            DROP INDEX {index};
            DROP VIEW user_insats;
            DELETE FROM participant WHERE code = 'P002' AND forbund_id = 1;
            UPDATE participant SET name_encrypted = zeroblob(40) WHERE code = 'P001' AND forbund_id = 1;
            UPDATE participant SET erased_at = NULL WHERE erased_at IS NOT NULL;
            DELETE FROM audit_event WHERE forbund_id = 1 AND event_number > 2;
            UPDATE audit_chain SET last_event = 2, last_hash = (SELECT e.event_hash FROM audit_event e WHERE e.forbund_id = 1 AND e.event_number = 2)
            WHERE forbund_id = 1;
            """);
        File.Delete(Path.Combine(folder, "manifest.hmac"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "SHA256SUMS"),
            string.Concat(sums.Split('\n').Where(l => l.Length > 0 && !l.EndsWith(".hmac", StringComparison.Ordinal)).Select(l => l + "\n")));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(list, File.GetUnixFileMode(list) | UnixFileMode.OtherRead);
            File.SetUnixFileMode(finsam.Folder, File.GetUnixFileMode(finsam.Folder) | UnixFileMode.OtherWrite);
        }

        var told = await finsam.RunAsync("kontroll", "--backuper", "kopior");
        (told.ExitCode, told.Error).ShouldBe((1, ""));
        foreach (var line in new[]
        {
            $"FEL      Tabeller och index: saknas: indexet {index}, vyn user_insats.",
            "FEL      Rader som hör ihop:",
            "OK       Loggen, Samordningsförbundet Norr: 2 händelser",
            "FEL      Anmärkningar, Samordningsförbundet Norr: gick inte att kontrollera",
            "FEL      Krypterade uppgifter: 1 av ",
            "FEL      Filen med gallrade: 1 som står som gallrade",
            "FEL      Säkerhetskopior: Säkerhetskopian är inte signerad",
            "FEL      Loggen mot säkerhetskopian: händelse",
        })
            told.Output.ShouldContain(line);
        if (!OperatingSystem.IsWindows())
        {
            told.Output.ShouldContain("VARNING  Filernas rättigheter:");
            told.Output.ShouldContain($"chmod 600 {list}");
            told.Output.ShouldContain($"chmod 700 {finsam.Folder}");
            File.SetUnixFileMode(list, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(finsam.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.GetDirectories(finsam.Folder, "*kontroll*").ShouldBeEmpty();
        await File.WriteAllBytesAsync(Path.Combine(folder, "manifest.hmac"), signature);
        await File.WriteAllTextAsync(Path.Combine(folder, "SHA256SUMS"), sums);
        SqliteConnection.ClearAllPools();
        await File.WriteAllBytesAsync(finsam.Database, whole);
    }

    // Nobody who is erased comes back without a word.
    private static async Task DamagedListsAreRefusedAsync(FinsamProcess finsam, string folder, byte[] list)
    {
        var path = finsam.Database + ".gallrade";
        var text = Encoding.UTF8.GetString(list);
        foreach (var damaged in new[] { "", text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)], text + "skräp\n", text.Replace(";.\n", "\n", StringComparison.Ordinal), null })
        {
            if (damaged is null)
                File.Delete(path);
            else
                await File.WriteAllTextAsync(path, damaged);
            var refused = await finsam.RunAsync("restore", folder, "--ersatt");
            (refused.ExitCode, refused.Error.Contains("--utan-gallrade", StringComparison.Ordinal)).ShouldBe((1, true), damaged + refused.Error + refused.Output);
        }

        (await finsam.RunAsync("kontroll")).Output.ShouldContain("FEL      Filen med gallrade:");
        (await finsam.RunAsync("restore", folder, "--prova", "--utan-gallrade")).Output.ShouldContain("OBS!");

        // What a kill leaves half written is no damage.
        await File.WriteAllTextAsync(path, text + "1;2;20");
        (await finsam.RunAsync("restore", folder, "--prova")).ExitCode.ShouldBe(0);
        await File.WriteAllBytesAsync(path, list);
    }

    // Whoever can write in the folder makes the sums right, and can't sign; nor does a trigger come in when that is passed by.
    private static async Task TamperedIsRefusedAsync(FinsamProcess finsam, string folder)
    {
        var tampered = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(folder))!, "andrad");
        Directory.CreateDirectory(tampered);
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, Path.Combine(tampered, Path.GetFileName(file)));
        var database = Path.Combine(tampered, "finsam.sqlite");
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TRIGGER bakdorr AFTER INSERT ON audit_event BEGIN UPDATE app_user SET is_active = 1; END";
            await command.ExecuteNonQueryAsync();
        }

        var (manifest, sums) = (Path.Combine(tampered, "manifest.json"), Path.Combine(tampered, "SHA256SUMS"));
        var (before, after) = (Sum(Path.Combine(folder, "finsam.sqlite")), Sum(database));
        var size = new FileInfo(Path.Combine(folder, "finsam.sqlite")).Length;
        var json = (await File.ReadAllTextAsync(manifest)).Replace(before, after, StringComparison.Ordinal)
            .Replace($"\"bytes\": {size}", $"\"bytes\": {new FileInfo(database).Length}", StringComparison.Ordinal);
        var old = Sum(manifest);
        await File.WriteAllTextAsync(manifest, json);
        var text = (await File.ReadAllTextAsync(sums)).Replace(before, after, StringComparison.Ordinal).Replace(old, Sum(manifest), StringComparison.Ordinal);
        await File.WriteAllTextAsync(sums, text);
        (await finsam.RunAsync("restore", tampered, "--ersatt")).Error.ShouldContain("inte signerad med nyckeln");
        File.Delete(Path.Combine(tampered, "manifest.hmac"));
        await File.WriteAllTextAsync(sums, string.Concat(text.Split('\n').Where(l => l.Length > 0 && !l.EndsWith(".hmac", StringComparison.Ordinal)).Select(l => l + "\n")));
        (await finsam.RunAsync("restore", tampered, "--ersatt")).Error.ShouldContain("--osignerad");
        (await finsam.RunAsync("restore", tampered, "--ersatt", "--osignerad")).Error.ShouldContain("utlösare");

        static string Sum(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
    }

    // Of a manifest that is none, and one with its sums of a time to come, without the files it tells of.
    private static async Task<IReadOnlyList<string>> ForgeAsync(string folder)
    {
        var whole = await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"));
        var mark = Path.GetFileName(folder).Split('-')[2];
        string[] forged =
        [
            whole.Replace("\"files\": [", "\"files\": [null,", StringComparison.Ordinal),
            Regex.Replace(whole, "\"keyCheck\": \"[^\"]*\"", "\"keyCheck\": \"zz\""),
            whole.Replace("\"format\": 1", "\"format\": -1", StringComparison.Ordinal),
            Regex.Replace(whole, "\"madeAt\": \"[^\"]*\"", "\"madeAt\": \"2099-01-01T00:00:00Z\""),
        ];
        var folders = new List<string>();
        foreach (var json in forged)
        {
            json.ShouldNotBe(whole);
            var path = Path.Combine(Path.GetDirectoryName(folder)!, $"finsam-20990101T00000{folders.Count}Z-{mark}");
            Directory.CreateDirectory(path);
            await File.WriteAllTextAsync(Path.Combine(path, "manifest.json"), json);
            var sums = (await File.ReadAllLinesAsync(Path.Combine(folder, "SHA256SUMS"))).Where(l => !l.Contains("manifest", StringComparison.Ordinal));
            var own = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(json)));
            await File.WriteAllTextAsync(Path.Combine(path, "SHA256SUMS"), string.Concat(sums.Append($"{own}  manifest.json").Select(l => l + "\n")));
            folders.Add(path);
        }

        return folders;
    }

    private static async Task AlteredBytesAreRefusedAsync(TwoForbund two, string folder)
    {
        var random = new Random(5);
        foreach (var file in Directory.GetFiles(folder))
        {
            var whole = await File.ReadAllBytesAsync(file);
            foreach (var at in new[] { 0, whole.Length - 1, random.Next(whole.Length), random.Next(whole.Length) })
            {
                var altered = whole.ToArray();
                altered[at] ^= 1;
                await File.WriteAllBytesAsync(file, altered);
                await Should.ThrowAsync<BackupException>(() => KeptBackup.Open(folder).VerifyAsync(), $"{file} {at}");
            }

            await File.WriteAllBytesAsync(file, whole[..^1]);
            await Should.ThrowAsync<BackupException>(() => KeptBackup.Open(folder).VerifyAsync(), file);
            if (file.EndsWith(".sqlite", StringComparison.Ordinal))
            {
                var refused = await two.Finsam.RunAsync("restore", folder, "--prova");
                (refused.ExitCode, refused.Error.Contains("kontrollsumma", StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
            }

            await File.WriteAllBytesAsync(file, whole);
        }

        await KeptBackup.Open(folder).VerifyAsync();
    }
}
