using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Publishing.Attack;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>The attack bites: each trap is broken where numbers are hidden one by one.</summary>
public sealed class TrapTests
{
    public static TheoryData<string> Traps => [.. TrapCorpus.All.Select(t => t.Name)];

    // Two publications are not protected against each other.
    public static TheoryData<string> TrapsOfOnePublication => [.. TrapCorpus.All.Where(t => t.Reports.Count == 1).Select(t => t.Name)];

    [Theory, MemberData(nameof(Traps))]
    public async Task Each_trap_is_broken_where_numbers_are_hidden_one_by_one(string name)
    {
        var trap = TrapCorpus.All.Single(t => t.Name == name);

        var result = await trap.AttackAsync(PublishedFiles.Of(OneByOne.Hide, ".docx", ".xlsx", ".html", ".svg"));

        result.Contradictions.ShouldBeEmpty();
        trap.IsBroken(result).ShouldBeTrue(string.Join('\n', result.Numbers.Select(n => $"{n.PossibleValues}: {n.Lower}–{n.Upper} {n.Kind} {n.Question}")));
    }

    [Theory, MemberData(nameof(TrapsOfOnePublication))]
    public async Task No_trap_is_broken_where_numbers_are_protected_together(string name)
    {
        var trap = TrapCorpus.All.Single(t => t.Name == name);

        var result = await trap.AttackAsync(PublishedFiles.Of(Publication.Protect, ".docx", ".xlsx", ".html", ".svg"));

        result.Contradictions.ShouldBeEmpty();
        result.Exposed.Select(n => $"{n.Lower}–{n.Upper} {n.Kind} {n.Question}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(".docx")]
    [InlineData(".xlsx")]
    [InlineData(".html")]
    public async Task A_single_file_is_enough(string ending)
    {
        var trap = TrapCorpus.All.Single(t => t.Name == "three single people in a row");

        trap.IsBroken(await trap.AttackAsync(PublishedFiles.Of(OneByOne.Hide, ending))).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nothing_is_hidden_nothing_is_found()
    {
        var result = await TrapCorpus.All[0].AttackAsync(PublishedFiles.Of(OneByOne.OpenInFull, ".docx", ".xlsx", ".html", ".svg"));

        result.Numbers.ShouldBeEmpty();
        result.Contradictions.ShouldBeEmpty();
    }

    [Fact]
    public void A_share_with_a_decimal_on_a_known_base_gives_its_count()
    {
        var result = Csv("""
            Kategori;Andel (%);Antal;n
            A;13,3;dold;30

            Tabell;Positiva avslut
            Underrubrik;Avslut, 2024 · positivt avslut: arbete eller studier
            """);

        result.Exact.ShouldHaveSingleItem().Value.ShouldBe(4);
    }

    [Fact]
    public void What_is_kept_back_to_protect_another_can_be_any_number()
    {
        var result = Csv("""
            Insats;Kvinnor;Män;Alla
            A;dold;skyddad;9
            B;7;8;15

            Tabell;Deltaganden efter insats och kön
            Underrubrik;Deltaganden, 2024
            Anmärkning;Okänt kön visas inte för sig.
            """);
        result.Exposed.ShouldBeEmpty();
        result.Numbers.Count.ShouldBe(2);

        // Who holds it for none or at least five claims that of five, of whom one to four are women, no one is a man.
        const string OfFive = """
            Insats;Kvinnor;Män;Alla
            A;dold;skyddad;5
            B;7;8;15

            Tabell;Deltaganden efter insats och kön
            Underrubrik;Deltaganden, 2024
            Anmärkning;Okänt kön visas inte för sig.
            """;
        Csv(OfFive).Exposed.ShouldBeEmpty();
        PublicationAttack.On(PublicationAttack.Understand([Read(OfFive)], holdsProtectingForNotFew: true))
            .Exact.ShouldContain(n => n.Question.Contains("Män", StringComparison.Ordinal) && n.Value == 0);
    }

    [Fact]
    public void Nothing_is_claimed_of_numbers_that_contradict()
    {
        var result = Csv("""
            Insats;Kvinnor;Män;Alla
            A;dold;7;9
            B;8;8;15
            C;dold;9;11
            Alla;dold;24;35

            Tabell;Deltaganden efter insats och kön
            Underrubrik;Deltaganden, 2024
            """);

        result.Contradictions.ShouldNotBeEmpty();
        result.Numbers.Count(n => n.IsDoubtful).ShouldBe(3);
        result.Exposed.ShouldBeEmpty();
    }

    [Fact]
    public void A_hidden_number_keeps_three_values_where_nothing_binds_it()
    {
        var result = Csv("""
            Insats;Kvinnor;Män;Okänt kön;Alla
            A;dold;dold;dold;dold
            B;dold;dold;dold;dold
            C;7;8;0;15
            Alla;skyddad;skyddad;dold;skyddad

            Tabell;Deltaganden efter insats och kön
            Underrubrik;Deltaganden, 2024
            """);

        result.Contradictions.ShouldBeEmpty();
        result.Numbers.ShouldNotBeEmpty();
        result.Exposed.Where(n => n.IsExact).ShouldBeEmpty();
    }

    private static AttackResult Csv(string text) => PublicationAttack.On(PublicationAttack.Understand([Read(text)]));

    private static PrintedDocument Read(string text) => PublicationReader.Read("tal.csv", System.Text.Encoding.UTF8.GetBytes(text))!;
}
