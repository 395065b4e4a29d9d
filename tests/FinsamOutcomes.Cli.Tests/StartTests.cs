using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests;

/// <summary>What <c>finsam</c> says when there is nothing to open, and what it leaves behind.</summary>
[OnlySqlite("it is about files; servers that can not be opened are among the broken databases.")]
public sealed class StartTests
{
    public static TheoryData<string> Broken => BrokenDatabases.Kinds;

    [Theory, MemberData(nameof(Broken))]
    public async Task A_database_that_can_not_be_opened_is_told_in_a_sentence_and_none_is_made(string kind)
    {
        using var finsam = new FinsamProcess();
        var (address, words) = await BrokenDatabases.MakeAsync(kind, finsam.Folder);
        var before = Directory.GetFiles(finsam.Folder).Length;
        var (code, output, error) = await finsam.RunAsync("statistik", "deltaganden", "--from", "2024", "--db", address);
        (code, output).ShouldBe((1, ""), error);
        error.ShouldContain(words);
        error.Trim().Split('\n').ShouldHaveSingleItem();
        error.ShouldNotContain("Exception");
        Directory.GetFiles(finsam.Folder).Length.ShouldBe(before);
    }

    [Theory]
    [InlineData("0001", "9999")]
    [InlineData("9999-12-31", "9999-12-31")]
    [InlineData("1989", "2024")]
    [InlineData("2024", "9999-12")]
    public async Task Years_out_of_the_calendar_are_told_in_a_sentence(string from, string to)
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Prov")).ExitCode.ShouldBe(0);
        var (code, _, error) = await finsam.RunAsync("statistik", "deltaganden", "--from", from, "--to", to);
        code.ShouldBe(1);
        error.ShouldContain("mellan 1990 och 2059");
    }

    [Fact]
    public async Task What_is_made_and_taken_out_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The rights of files are Unix's.");
        using var finsam = new FinsamProcess();
        var (_, made, _) = await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Prov");
        made.ShouldContain($"Databasen {finsam.Database} är ny");
        (await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Två")).Output.ShouldContain("är tillagt i databasen");

        string[] one = ["--forbund", "Samordningsförbundet Prov"];
        await finsam.RunAsync(["export", "deltagare", "--out", "deltagare.csv", .. one]);
        await finsam.RunAsync(["export", "uppfoljning-finsam", "--ar", "2024", "--out", "overlamning", .. one]);
        await finsam.RunAsync(["statistik", "deltaganden", "--from", "2024", "--format", "csv", "--out", "statistik.csv", .. one]);
        await finsam.RunAsync(["rapport", "projektredovisning", "--ar", "2024", "--out", "rapporter", .. one]);
        await finsam.RunAsync(["import", "deltagare", "deltagare.csv", "--rapport", "fel.csv", .. one]);
        var files = Directory.GetFiles(finsam.Folder, "*", SearchOption.AllDirectories);
        foreach (var name in new[] { "finsam.sqlite", "deltagare.csv", "statistik.csv", "fel.csv", "projektredovisning-2024.docx" })
            files.ShouldContain(f => Path.GetFileName(f) == name);
        files.Where(OwnersFile.IsOpenToOthers).ShouldBeEmpty();

        // One that has been opened to others is warned of, and used.
        Unprivileged.Change(finsam.Database, "644");
        var (code, _, error) = await finsam.RunAsync(["statistik", "deltaganden", "--from", "2024", .. one]);
        code.ShouldBe(0);
        error.ShouldContain($"chmod 600 {finsam.Database}");
    }

    [Fact]
    public async Task A_database_or_a_key_that_may_not_be_written_or_read_is_told_in_a_sentence()
    {
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Prov");
        Unprivileged.Own(finsam.Folder);
        Unprivileged.Change(finsam.Database, "400");
        var file = finsam.File(
            "insatser.csv",
            "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser",
            "Insam;;individinriktad;individ;nej;2022-01-01;;20");
        var (code, _, error) = await finsam.RunUnprivilegedAsync("import", "insatser", file);
        code.ShouldBe(1, error);
        error.ShouldContain("går att läsa men inte att skriva till");
        Unprivileged.Change(finsam.Database, "000");
        (code, _, error) = await finsam.RunUnprivilegedAsync("import", "insatser", file);
        code.ShouldBe(1, error);
        error.ShouldContain("går inte att öppna");
        error.Trim().Split('\n').ShouldHaveSingleItem();
        Unprivileged.Change(finsam.Database, "600");
    }
}
