using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ParticipantTests
{
    // An invented person with one of Skatteverket's published test numbers.
    private const string Number = "189001019802";

    [Theory, ClassData(typeof(Engines))]
    public async Task A_name_and_number_are_stored_encrypted(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var born = new NewParticipant { ForbundId = f.ForbundId, Code = "A1", Gender = "man", Name = "Åke Öberg", PersonalNumber = "701063-2391" };
        var id = await f.Participants.AddAsync(born);

        var identity = await f.Participants.ReadIdentityAsync(f.ForbundId, id, "handläggare");
        (identity.Name, identity.PersonalNumber).ShouldBe(("Åke Öberg", "197010632391"));
        (await f.Participants.FindAsync(f.ForbundId, id))!.BirthYear.ShouldBe(1970);
        (await WrongFieldsAsync(() => f.Participants.AddAsync(born with { Code = "A2" }))).ShouldBe(["PersonalNumber"]);
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM audit_event WHERE action = 'Participants.ReadIdentity' AND detail = ''")).ShouldBe(1);
        born.ToString().ShouldNotContain("Öberg");
        if (engine == "sqlite" && !OperatingSystem.IsWindows())
        {
            var folder = f.Test.Database.Engine.Folder!;
            File.GetUnixFileMode(KeyFile.PathFor(f.Test.Database)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            foreach (var file in Directory.GetFiles(folder, "finsam.sqlite*"))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
                var text = await reader.ReadToEndAsync();
                text.ShouldNotContain("Öberg");
                text.ShouldNotContain("7010632391");
            }
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_name_moved_to_another_row_is_refused(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var first = await f.Participants.AddAsync(new NewParticipant { ForbundId = f.ForbundId, Code = "A1", Gender = "man", Name = "Åke" });
        var second = await f.Participants.AddAsync(new NewParticipant { ForbundId = f.ForbundId, Code = "A2", Gender = "man", Name = "Bo" });
        await f.SqlAsync($"UPDATE participant SET name_encrypted = (SELECT p.name_encrypted FROM participant p WHERE p.id = {first}) WHERE id = {second}");
        var identity = await f.Participants.ReadIdentityAsync(f.ForbundId, second, "prov");
        (identity.Name, identity.IsNameUnreadable, identity.IsKeyUnusable).ShouldBe((null, true, false));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_protected_participant_never_has_a_name_or_number(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var named = new NewParticipant
        {
            ForbundId = f.ForbundId,
            Code = "A1",
            Gender = "man",
            Name = "Åke",
            PersonalNumber = "701063-2391",
            HasProtectedIdentity = true,
        };
        (await WrongFieldsAsync(() => f.Participants.AddAsync(named))).ShouldBe(["Name", "PersonalNumber"]);
        var id = await f.Participants.AddAsync(named with { HasProtectedIdentity = false });
        await f.Participants.UpdateAsync(
            new ParticipantChange
            {
                ForbundId = f.ForbundId,
                Id = id,
                Version = 1,
                Code = "A1",
                Gender = "man",
                BirthYear = 1970,
                Name = "Åke",
                PersonalNumber = "701063-2391",
                HasProtectedIdentity = true,
            });
        var row = (await f.Participants.FindAsync(f.ForbundId, "A1"))!;
        (row.HasName, row.HasPersonalNumber, row.HasProtectedIdentity).ShouldBe((false, false, true));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Codes_are_unique_and_never_a_personal_number(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        foreach (var code in new[] { "A_1", "AB1" })
            await f.ParticipantAsync(code);
        (await WrongFieldsAsync(() => f.ParticipantAsync("ab1"))).ShouldBe(["Code"]);
        (await WrongFieldsAsync(() => f.ParticipantAsync(Number))).ShouldBe(["Code"]);
        (await WrongFieldsAsync(() => f.ParticipantAsync(" ", "okänd"))).ShouldBe(["Code", "Gender"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_code_that_looks_like_anothers_is_refused_new_and_changed_as_in_files(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (plain, other) = (await f.ParticipantAsync("COL1234"), await f.ParticipantAsync("B1"));
        string[] alike =
        [
            "COL\u200B1234",
            "COL\u00AD1234",
            "COL\u200D1234",
            "COL1234\uFE0F",
            "COL\U000E00411234",
            "COL\u31641234",
            "COL\uFFA01234",
            "COL\u28001234",
            "ＣＯＬ１２３４",
            "COL١٢٣٤",
            "COL۱۲۳۴",
            "𝐂𝐎𝐋1234",
            "col𝟣𝟤𝟥𝟦",
        ];
        foreach (var code in alike)
        {
            (await WrongFieldsAsync(() => f.ParticipantAsync(code))).ShouldBe(["Code"], code);
            (await WrongFieldsAsync(() => f.Participants.UpdateAsync(Changed(other, code)))).ShouldBe(["Code"], code);
        }

        // The other way round, and beside one of their own kind.
        await f.ParticipantAsync("Ｄ０００１");
        foreach (var code in new[] { "D0001", "d0001", "D٠٠٠١" })
            (await WrongFieldsAsync(() => f.ParticipantAsync(code))).ShouldBe(["Code"], code);
        var registered = await f.Participations.RegisterNewAsync(
            new NewRegistration
            {
                ForbundId = f.ForbundId,
                InsatsId = await f.InsatsAsync(),
                Gender = "woman",
                StartedOn = On("2024-02-01"),
                Actor = "prov",
            });
        registered.Code.ShouldBe("D0002");

        // One's own code may be written anew, and Å is no A.
        await f.Participants.UpdateAsync(Changed(plain, "ＣＯＬ１２３４"));
        await f.ParticipantAsync("CÖL1234");

        ParticipantChange Changed(int id, string code) =>
            new()
            {
                ForbundId = f.ForbundId,
                Id = id,
                Version = 1,
                Code = code,
                Gender = "woman",
                BirthYear = 1990,
                Name = null,
                PersonalNumber = null,
                HasProtectedIdentity = false,
            };
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_erased_participant_keeps_gender_and_birth_year_only_and_takes_no_more(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, id) = (await f.InsatsAsync(), await f.ParticipantAsync());
        var stay = await f.EnterAsync(id, insats);
        (await WrongFieldsAsync(() => f.Test.Database.EraseAsync(f.ForbundId, id))).ShouldBe([""]);
        await f.ExitAsync(stay, "2024-02-01");
        await f.Test.Database.EraseAsync(f.ForbundId, id);

        (await f.Participants.FindAsync(f.ForbundId, "A1")).ShouldBeNull();
        var row = (await f.Participants.FindAsync(f.ForbundId, id))!;
        (row.Gender, row.BirthYear).ShouldBe(("woman", 1990));
        row.ErasedAt.ShouldBe(f.Clock.GetUtcNow().UtcDateTime);
        (await WrongFieldsAsync(() => f.EnterAsync(id, insats, "2024-03-01"))).ShouldBe(["ParticipantId"]);
    }
}
