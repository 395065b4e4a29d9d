using FinsamOutcomes.Data.Export;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>Codes and personal numbers as people write them, on the pages that register and change a participant. All are invented.</summary>
public sealed class IdentityPageTests
{
    [Fact]
    public async Task A_code_that_could_be_a_personal_number_is_refused_at_both_doors_and_never_repeated()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        string[] codes =
        [
            "500101-2345", "194901012345", "480101 - 2345", "470065-2345", "460101-T234", "770101\u20132345", "1990-01-01 1234", "900101+1234", "1,23457E+11",
        ];
        foreach (var code in codes)
        {
            var added = await AddAsync(people, ("Input.Code", code));
            var changed = await people.Browser.PostFormAsync($"{people.Person(person)}/andra", ("Input.Code", code));
            foreach (var page in new[] { added, changed })
            {
                var message = page.Errors.ShouldHaveSingleItem();
                message.ShouldContain(code.Contains('E', StringComparison.Ordinal) ? "Excel" : "personnummer");
                message.ShouldNotContain(code[^4..]);
            }
        }
    }

    [Fact]
    public async Task Codes_that_look_the_same_are_one_and_what_is_saved_is_exported_and_imported_again()
    {
        await using var people = await People.StartAsync();
        (await AddAsync(people, ("Input.Code", "ZW\u200B-01"))).Errors.ShouldBeEmpty();
        (await AddAsync(people, ("Input.Code", "ZW-01"))).Errors.ShouldHaveSingleItem().ShouldContain("används redan");
        (await AddAsync(people, ("Input.Code", "A\u030A-01"))).Errors.ShouldBeEmpty();
        foreach (var again in new[] { "Å-01", "å-01", "Å\u201001", " Å-01\u00A0" })
            (await AddAsync(people, ("Input.Code", again))).Errors.ShouldHaveSingleItem().ShouldContain("används redan");
        (await AddAsync(people, ("Input.Code", "\u201DÅ-02\u201D"))).Errors.ShouldHaveSingleItem().ShouldContain("citattecken");

        // Into another förbund of the same database, which knows none of them.
        var database = people.Host.Database;
        var other = await new ForbundStore(database).AddAsync(new NewForbund { Name = "Annat" });
        foreach (var kind in new[] { ImportKind.Insatser, ImportKind.Deltagare })
        {
            using var file = new MemoryStream();
            await new Exporter(database, people.Host.ForbundId).ExportAsync(kind, file);
            var result = await new Importer(database, other).ImportAsync(kind, new MemoryStream(file.ToArray()));
            (result.Problems.Errors, result.IsSaved).ShouldBe((0, true));
        }

        (await new ParticipantStore(database).FindAsync(other, "å-01"))!.Code.ShouldBe("A\u030A-01");
    }

    [Theory]
    [InlineData("800562-123#")]
    [InlineData("800560-123#")]
    [InlineData("800065-123#")]
    [InlineData("800060-123#")]
    [InlineData("800512\u2013123#")]
    [InlineData("800512\u2011123#")]
    [InlineData("800512 123#")]
    [InlineData("800512 - 123#")]
    [InlineData("800512-123#\u00A0")]
    [InlineData("19800512+123#")]
    public async Task A_number_is_read_as_it_is_written(string pattern)
    {
        await using var people = await People.StartAsync();
        var digits = string.Concat(pattern.Where(char.IsAsciiDigit));
        digits = digits.Length == 9 ? $"19{digits}" : digits;
        var number = pattern.Replace('#', CheckDigit(digits[2..]));
        var saved = await AddAsync(people, ("Input.PersonalNumber", number), ("Input.Gender", "man"), ("Input.BirthYear", ""));
        saved.Errors.ShouldBeEmpty();
        saved.Content.ShouldContain($"{digits[..8]}-{digits[8..]}{CheckDigit(digits[2..])}");
    }

    [Theory]
    [InlineData("860101-T234", "bokstav")]
    [InlineData("800512-1230", "kontrollsiffran")]
    public async Task A_refusal_says_which_part_is_wrong(string number, string told)
    {
        await using var people = await People.StartAsync();
        CheckDigit("800512123").ShouldNotBe('0');
        var refused = await AddAsync(people, ("Input.PersonalNumber", number), ("Input.Gender", "man"), ("Input.BirthYear", ""));
        refused.Errors.ShouldHaveSingleItem().ShouldContain(told);
    }

    [Fact]
    public async Task A_code_that_has_lost_its_zeros_is_asked_about()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("0012", started: "2023-02-01");
        var asked = await AddAsync(people, ("Input.Code", "12"), ("Input.BirthYear", "1990"));
        asked.Content.ShouldContain("0012 – samma kod men för nollorna i början");
        (await AddAsync(people, ("Input.Code", "OO12"), ("Input.BirthYear", "1990"))).Content.ShouldContain("0012 – en kod som ser nästan likadan ut");

        // Whatever the facts, where it isn't but zeros.
        await people.AddAsync("EX-1982", started: "2023-02-01");
        foreach (var code in new[] { "ex1982", "EX 1982", "EX-I982", "\u0415\u0425-1982" })
            (await AddAsync(people, ("Input.Code", code), ("Input.Gender", "man"))).Content.ShouldContain("EX-1982 – en kod som ser nästan likadan ut");
        foreach (var text in new[] { "EX1982", "ex 1982" })
            (await people.Browser.PostFormAsync($"{people.Root}/deltagare", "deltagare/sok", ("Text", text))).Content.ShouldContain("EX-1982");
    }

    // Another year each time, so that nobody is taken for somebody else.
    private int _born = 1960;

    private Task<WebPage> AddAsync(People people, params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] usual = [("Input.Gender", "woman"), ("Input.BirthYear", $"{_born++}"), ("Input.On", "2024-05-02")];
        return people.Browser.PostFormAsync($"{people.Root}/deltagare/ny", [.. usual.Where(u => fields.All(f => f.Name != u.Name)), .. fields]);
    }

    // Luhn, by the book: every other digit doubled from the left, digits of the products added.
    private static char CheckDigit(string nine)
    {
        var sum = nine.Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(p => (p / 10) + (p % 10));
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
