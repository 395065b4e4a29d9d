using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests.Granska;

public sealed class GranskaVerbTests
{
    private const string About = """

        Tabell;Deltaganden efter insats och kön
        Underrubrik;Deltaganden, 2024
        """;

    [Fact, OnlySqlite("no database is opened.")]
    public async Task What_can_be_worked_out_is_named_with_its_value_and_ends_with_1()
    {
        using var finsam = new FinsamProcess();
        Directory.CreateDirectory(Path.Combine(finsam.Folder, "publicerat"));
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "publicerat", "tal.csv"), "Insats;Kvinnor;Män;Alla\nÅkern;dold;9;12\nSteget;7;8;15\n" + About);
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "publicerat", "bild.png"), "");

        var (exitCode, output, error) = await finsam.RunAsync("granska", "publicerat");

        (exitCode, error).ShouldBe((1, ""));
        output.ShouldContain("Granskat: 1 fil. Inte lästa: 1 fil .png.");
        output.ShouldContain("1 tal är dolt, var och ett räknat en gång även om det döljs på flera ställen. 1 går att räkna ut exakt");
        output.ShouldContain("Deltaganden efter insats och kön, Åkern, Kvinnor: 3");
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task Where_nothing_can_be_worked_out_it_says_so_and_ends_with_0()
    {
        using var finsam = new FinsamProcess();
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "tal.csv"), "Insats;Kvinnor;Män;Alla\nÅkern;dold;skyddad;9\nSteget;7;8;15\n" + About);

        var (exitCode, output, error) = await finsam.RunAsync("granska", "tal.csv");

        (exitCode, error).ShouldBe((0, ""));
        output.ShouldContain("2 tal är dolda, var och ett räknat en gång även om det döljs på flera ställen. "
            + "Inget av dem går att räkna ut ur det som står i filerna: varje dolt tal har minst tre möjliga värden.");
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task Of_numbers_that_contradict_nothing_is_claimed_and_it_ends_with_1()
    {
        using var finsam = new FinsamProcess();
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "tal.csv"), "Insats;Kvinnor;Män;Alla\nÅkern;dold;7;9\nSteget;8;8;15\nAlla;dold;15;24\n" + About);

        var (exitCode, output, error) = await finsam.RunAsync("granska", "tal.csv");

        (exitCode, error).ShouldBe((1, ""));
        output.ShouldContain("Inget som går att räkna ut hittades.");
        output.ShouldContain("2 dolda tal hör ihop med tal som inte går ihop, och kan inte bedömas.");
        output.ShouldContain("Det här går inte ihop");
        output.ShouldNotContain("Går att räkna ut:");
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task Where_nothing_is_hidden_it_ends_with_0_and_what_is_no_publication_is_told()
    {
        using var finsam = new FinsamProcess();
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "tal.csv"), "Insats;Kvinnor;Män;Alla\nÅkern;6;9;15\nSteget;7;8;15\n" + About);
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "trasig.docx"), "ingen zip");
        await File.WriteAllTextAsync(Path.Combine(finsam.Folder, "bild.png"), "");

        var (exitCode, output, error) = await finsam.RunAsync("granska", "tal.csv");
        (exitCode, error).ShouldBe((0, ""));
        output.ShouldContain("Inga tal är dolda.");

        (await finsam.RunAsync("granska", "saknas.docx")).Error.ShouldContain("Filen eller mappen saknas.docx finns inte.");
        (await finsam.RunAsync("granska", "trasig.docx")).Error.ShouldContain("En av filerna går inte att läsa.");
        (await finsam.RunAsync("granska", "bild.png")).Error.ShouldContain("Det finns ingen fil att granska där.");
    }
}
