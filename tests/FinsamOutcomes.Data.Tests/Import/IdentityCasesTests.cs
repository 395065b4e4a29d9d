using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Files as offices have them, in which the same person and insats are written in many ways: shared/data/cases.</summary>
public sealed class IdentityCasesTests
{
    [Theory]
    [InlineData("c00-bas", 2, 2)]
    [InlineData("c02-nbsp", 2, 2)]
    [InlineData("c06-nfd", 2, 2)]
    [InlineData("c19-dubbletter", 1, 2)]
    [InlineData("c20-samma-dag", 2, 3)]
    [InlineData("c47-tva-insatser", 2, 5)]
    public async Task A_file_gives_as_many_persons_and_stays_as_it_tells_of(string folder, int persons, int stays)
    {
        await using var fixture = await CreateAsync();
        (await ImportAsync(fixture, folder, "deltagare.csv")).Problems.Kept.Where(p => !p.Rule.IsWarning).ShouldBeEmpty();
        (await fixture.CountsAsync()).ShouldBe((persons, stays));
    }

    [Fact]
    public async Task The_same_file_composed_and_decomposed_is_the_same_people()
    {
        await using var fixture = await CreateAsync();
        await ImportAsync(fixture, "c06-nfd", "deltagare.csv");
        var again = await ImportAsync(fixture, "c06-nfd", "igen.csv");
        (again.Problems.Errors, again.Counts.Added, again.Counts.Unchanged).ShouldBe((0, 0, 2));
    }

    [Fact]
    public async Task Blanks_around_a_code_make_no_other_person_and_the_same_row_twice_is_told()
    {
        await using var fixture = await CreateAsync();
        (await ImportAsync(fixture, "c19-dubbletter", "blank.csv")).IsSaved.ShouldBeTrue();
        (await fixture.CountsAsync()).ShouldBe((1, 2));
        await using var other = await CreateAsync();
        (await ImportAsync(other, "c19-dubbletter", "samma.csv")).Problems.Kept.ShouldHaveSingleItem().Rule.ShouldBe(ImportRule.Duplicate);
    }

    [Fact]
    public async Task Codes_that_have_lost_their_zeros_are_never_new_persons_without_a_word()
    {
        await using var fixture = await CreateAsync();
        (await ImportAsync(fixture, "c08-nollor", "deltagare.csv")).IsSaved.ShouldBeTrue();
        var again = await ImportAsync(fixture, "c08-nollor", "igen.csv", isDryRun: true);
        again.Problems.Kept.Select(p => (p.Rule, p.Line)).ShouldBe([(ImportRule.LikelySame, 2), (ImportRule.LikelySame, 3)]);
        again.Problems.Kept[0].Message.ShouldEndWith("Menar du 0012?");
        again.Problems.Kept[0].WithoutValues.ShouldNotContain("12");
    }

    [Fact]
    public async Task Every_full_personal_number_is_refused_as_a_code_and_never_repeated()
    {
        await using var fixture = await CreateAsync();
        var path = SharedData.Path("cases/c24-personnummer/deltagare.csv");
        var result = await fixture.ImportFileAsync(ImportKind.Deltagare, path);
        result.IsSaved.ShouldBeFalse();
        var codes = (await File.ReadAllLinesAsync(path)).Skip(1).Select((line, i) => (Code: line.Split(';')[0], Line: i + 2)).ToList();

        // No full numbers: three figures at the end, and a date alone.
        var allowed = codes.Where(c => c.Code is "900101-123" or "19900101").Select(c => c.Line).ToList();
        var told = result.Problems.Kept.Where(p => p.Rule == ImportRule.PersonalNumber || p.Rule == ImportRule.CodeScientific).Select(p => p.Line).ToHashSet();
        codes.Where(c => !told.Contains(c.Line)).Select(c => c.Line).ShouldBe(allowed);
        result.Problems.Kept.Single(p => p.Rule == ImportRule.CodeScientific).Line.ShouldBe(codes.Single(c => c.Code == "1,99001E+11").Line);
        foreach (var problem in result.Problems.Kept)
        {
            foreach (var (code, _) in codes)
                $"{problem.Message} {problem.Rule.Action}".ShouldNotContain(code);
            problem.Message.Any(char.IsAsciiDigit).ShouldBeFalse(problem.Message);
        }
    }

    [Fact]
    public async Task What_is_not_seen_never_makes_two_persons_of_one()
    {
        await using var fixture = await CreateAsync();
        var result = await ImportAsync(fixture, "c27-osynliga", "deltagare.csv");

        // All four rows are P-001: two of its stays overlap, which is told.
        result.Problems.Kept.Select(p => (p.Rule, p.Line)).ShouldBe([(ImportRule.Overlap, 4), (ImportRule.Overlap, 5)]);
        (await fixture.CountsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Names_of_insatser_with_marks_are_told_apart_and_read_back_the_same()
    {
        await using var fixture = await ImportFixture.CreateAsync(isEmpty: true);
        (await fixture.ImportFileAsync(ImportKind.Insatser, SharedData.Path("cases/c50-namn/insatser2.csv"))).IsSaved.ShouldBeTrue();
        (await ImportAsync(fixture, "c50-namn", "deltagare.csv")).Problems.Errors.ShouldBe(0);
        await using var other = await ImportFixture.CreateAsync(isEmpty: true);
        var exported = await fixture.ExportAsync(ImportKind.Insatser);
        (await other.ImportAsync(ImportKind.Insatser, exported)).IsSaved.ShouldBeTrue();
        (await other.ExportAsync(ImportKind.Insatser)).ShouldBe(exported);
    }

    // c60-webb-kod: the page of a new participant has the same door as the file.
    [Fact]
    public async Task Codes_that_are_typed_are_refused_or_told_apart_as_those_of_a_file()
    {
        await using var fixture = await CreateAsync();
        var store = new ParticipantStore(fixture.Test.Database);
        foreach (var number in new[] { "500101-2345", "194901012345", "480101 - 2345", "470065-2345", "460101-T234", "770101\u20132345" })
        {
            var refused = await Should.ThrowAsync<RegistrationException>(() => AddAsync(number));
            refused.Errors.ShouldHaveSingleItem().Message.ShouldNotContain(number, Case.Sensitive, number);
        }

        var first = await AddAsync("ZW\u200B-01");
        (await store.FindAsync(fixture.ForbundId, "ZW-01"))!.Id.ShouldBe(first);
        await AddAsync("A\u030A-01");
        foreach (var same in new[] { "\u00C5-01", "\u00E5-01" })
            (await Should.ThrowAsync<RegistrationException>(() => AddAsync(same))).Message.ShouldContain("används redan");
        foreach (var code in new[] { "zw-01", "å-01" })
            (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, $"{code};Språngbrädan;man;1990;;2024-01-15;;")).IsSaved.ShouldBeTrue();
        (await fixture.CountsAsync()).ShouldBe((2, 2));
        var exported = await fixture.ExportAsync(ImportKind.Deltagare);
        await using var other = await CreateAsync();
        (await other.ImportAsync(ImportKind.Deltagare, exported)).IsSaved.ShouldBeTrue();
        (await other.ExportAsync(ImportKind.Deltagare)).ShouldBe(exported);

        Task<int> AddAsync(string code) =>
            store.AddAsync(new NewParticipant { ForbundId = fixture.ForbundId, Code = code, Gender = "man", BirthYear = 1990 });
    }

    // c61-webb-personnummer: invented numbers, their check digits made here.
    [Fact]
    public void Numbers_that_are_typed_in_any_way_are_read_as_the_number_they_are()
    {
        var today = new DateOnly(2026, 11, 27);
        foreach (var (first, expected) in new[] { ("800562", "19800562"), ("800560", "19800560"), ("800065", "19800065"), ("800060", "19800060") })
            Read($"{first}-{Last(first)}").ShouldBe(expected + Last(first));
        var last = Last("800502");
        foreach (var between in new[] { "\u2013", "\u2011", " ", " - " })
            Read($"19800502{between}{last}").ShouldBe("19800502" + last);
        Read($"19800502-{last}\u00A0").ShouldBe("19800502" + last);
        Read($"19100502+{Last("100502")}").ShouldBe("19100502" + Last("100502"));
        Read($"100502+{Last("100502")}").ShouldBe("19100502" + Last("100502"));
        PersonalNumber.Read("860101-T234", today, out _).InWords().ShouldContain("bokstav");
        PersonalNumber.Read($"800502-{last[..3]}{(last[3] - '0' + 1) % 10}", today, out _).InWords().ShouldContain("kontrollsiffran");

        string Read(string text)
        {
            PersonalNumber.Read(text, today, out var number).ShouldBe(PersonalNumberFault.None, text);
            number.Gender.ShouldBe("man");
            return number.Digits;
        }

        string Last(string day)
        {
            foreach (var digit in Enumerable.Range(0, 10))
            {
                if (PersonalNumber.Read($"{(day.StartsWith('1') ? "19" : "")}{day}231{digit}", today, out _) == PersonalNumberFault.None)
                    return $"231{digit}";
            }

            throw new InvalidOperationException("Some digit must be right.");
        }
    }

    // c62-webb-datum: as people type them, on 27 November 2026.
    [Theory]
    [InlineData("23 november", "2026-11-23")]
    [InlineData("29/2", null)]
    [InlineData("1.2.2026", "2026-02-01")]
    [InlineData("3 sept 2026", "2026-09-03")]
    [InlineData("3 sep. 2026", "2026-09-03")]
    [InlineData("2026-11-3", "2026-11-03")]
    [InlineData("11/26/2026", null)]
    [InlineData("2026 11 23", "2026-11-23")]
    [InlineData("23 11 2026", "2026-11-23")]
    [InlineData("i förrgår", "2026-11-25")]
    [InlineData("24 dec 2026", "2026-12-24")]
    public void Days_that_are_typed_are_read_as_swedes_mean_them_or_refused_with_one_message(string text, string? day)
    {
        var read = SwedishDate.Read(text, new DateOnly(2026, 11, 27));
        (SwedishDate.Message(read) is null ? read.Date.ToString("yyyy-MM-dd") : null).ShouldBe(day);
    }

    private static async Task<ImportFixture> CreateAsync()
    {
        var fixture = await ImportFixture.CreateAsync(isEmpty: true);
        (await fixture.ImportFileAsync(ImportKind.Insatser, SharedData.Path("cases/bas-insatser.csv"))).IsSaved.ShouldBeTrue();
        return fixture;
    }

    private static Task<ImportResult> ImportAsync(ImportFixture fixture, string folder, string file, bool isDryRun = false) =>
        fixture.ImportFileAsync(ImportKind.Deltagare, SharedData.Path($"cases/{folder}/{file}"), isDryRun);
}
