using System.Runtime.CompilerServices;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>The templates: those that come with the program, those of a förbund, and wrong ones.</summary>
public sealed class ReportDefinitionTests
{
    [Fact]
    public void Every_report_that_comes_with_the_program_can_be_read()
    {
        ReportDefinition.Names(folder: null).ShouldBe(["arsredovisning", "projektredovisning"]);
        foreach (var name in ReportDefinition.Names(folder: null))
            ReportDefinition.Load(name).Blocks.OfType<DefinitionHeading>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("```tabel\nid: a\n```", 3, "Blocket ”tabel” finns inte")]
    [InlineData("```tabell\nid: a\nrubrik: A\n```", 3, "matt")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: persone\n```", 3, "Måttet ”persone” finns inte")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: personer\nstatistik: nya\n```", 3, "ingen statistik ”nya”")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: personer\nrader: kommun\n```", 3, "Indelningen ”kommun” finns inte")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: personer\nper: vecka\n```", 3, "vecka")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: personer\nper: year\nbakat: hundra\n```", 3, "bakat")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: kostnad-per-deltagande\nrader: gender\n```", 3, "kan inte delas upp")]
    [InlineData("```tabell\nid: a\nmatt: personer\n```", 3, "rubrik")]
    [InlineData("```tabell\nrubrik: A\nmatt: personer\n```", 3, "id")]
    [InlineData("```tabell\nid: a/../b\nrubrik: A\nmatt: personer\n```", 3, "filnamn")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: positiva-avslut\ndefinition: lycka\n```", 3, "lycka")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: positiva-avslut\nnamnare: alla\n```", 3, "alla")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: forsorjning\nrader: statistic\n```", 3, "samma enhet")]
    [InlineData("```diagram\nid: a\ntyp: tårta\nrubrik: A\nmatt: personer\nrader: age\n```", 3, "tårta")]
    [InlineData("```diagram\nid: a\nrubrik: A\nmatt: personer\nrader: age\n```", 3, "typ")]
    [InlineData("```tabell\nid a\n```", 4, "nyckel: värde")]
    [InlineData("```tabell\nid: a\nid: b\n```", 5, "nyckel: värde")]
    [InlineData("```tabell\nid: a\nrubrik: A\nmatt: personer\n```\n\n```tabell\nid: a\nrubrik: A\nmatt: personer\n```", 9, "finns redan")]
    [InlineData("Text med {{persone in_period}}.", 3, "persone")]
    [InlineData("Text med {{personer}}.", 3, "{{mått statistik}}")]
    [InlineData("- punkt\n- {{personer nya}}", 3, "nya")]
    [InlineData("```insatstext\navsnitt: a\n```", 3, "insatstext")]
    [InlineData("```insatser\n```", 3, "mall")]
    public async Task A_fault_in_a_template_is_told_with_file_and_line(string block, int line, string says)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;");
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 12);
        var message = (await Should.ThrowAsync<ReportDefinitionException>(() => fixture.BuildFromAsync("# Prov\n\n" + block))).Message;
        message.ShouldContain($"prov/rapport.md, rad {line}:");
        message.ShouldContain(says);
    }

    [Theory]
    [InlineData("## {insats}\n\n```tabell\nid: a\nrubrik: A\nmatt: x\n```", 3)]
    [InlineData("## {insats}\n\n\n\nHär är {{x y}}.", 5)]
    public async Task A_fault_in_the_template_of_an_insats_names_that_file(string template, int line)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;");
        var message = (
            await Should.ThrowAsync<ReportDefinitionException>(() => fixture.BuildFromAsync("# Prov\n\n```insatser\nmall: insats.md\n```", template))).Message;
        message.ShouldContain($"prov/insats.md, rad {line}:");
    }

    [Fact]
    public async Task A_template_without_title_or_an_unknown_report_is_told()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        (await Should.ThrowAsync<ReportDefinitionException>(() => fixture.BuildFromAsync("Bara text"))).Message.ShouldContain("saknar rubrik");
        Should.Throw<ReportDefinitionException>(() => ReportDefinition.Load("arsbok")).Message.ShouldContain("arsredovisning, projektredovisning");
    }

    [Fact]
    public async Task A_section_and_a_figure_added_in_a_copied_template_come_out()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;");
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 12);
        var folder = Directory.CreateDirectory(Path.Combine(fixture.Folder, "mallar", "arsredovisning")).FullName;
        var text = await File.ReadAllTextAsync(Path.Combine(ReportsFolder(), "arsredovisning", "rapport.md"));
        await File.WriteAllTextAsync(Path.Combine(folder, "rapport.md"), text + """


            ## Vår egen fråga

            Hit kom {{personer in_period woman}} kvinnor.

            ```diagram
            id: egen-figur
            typ: kolumner
            rubrik: Vilka remitterade?
            matt: deltaganden
            statistik: in_period
            rader: referrer
            kolumner: gender
            ```
            """);
        var document = await fixture.BuildAsync(templates: Path.GetDirectoryName(folder));
        document.Blocks.OfType<HeadingBlock>().ShouldContain(h => h.Text == "Vår egen fråga");
        ReportTables.Prose(document).ShouldContain("Hit kom 12 kvinnor.");
        document.Blocks.OfType<FigureBlock>().ShouldContain(f => f.Figure.Id == "egen-figur");
        ReportFiles.Write(document, "rapport", fixture.Folder);
        File.Exists(Path.Combine(fixture.Folder, "rapport-figurer", "egen-figur.svg")).ShouldBeTrue();
    }

    private static string ReportsFolder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../reports"));
}
