using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class SwedishDateTests
{
    private static readonly DateOnly s_today = new(2024, 5, 15);

    [Theory]
    [InlineData("2024-05-03")]
    [InlineData("2024-5-3")]
    [InlineData("2024/05/03")]
    [InlineData("2024.05.03")]
    [InlineData("2024 05 03")]
    [InlineData("20240503")]
    [InlineData("240503")]
    [InlineData("24-05-03")]
    [InlineData("2024-05-03 00:00:00")]
    [InlineData("2024-05-03T00:00:00")]
    [InlineData("2024-05-03 13:45")]
    [InlineData("2024\u201305\u201303")]
    [InlineData("2024\u201105\u201103")]
    [InlineData("03.05.2024")]
    [InlineData("3.5.24")]
    [InlineData("3/5-24")]
    [InlineData(" 3/5  2024 ")]
    [InlineData("3/5 24")]
    [InlineData("3/5/2024")]
    [InlineData("3 5 2024")]
    [InlineData("3 maj 2024")]
    [InlineData("3\u00A0maj\u00A02024")]
    [InlineData("\u200E2024-\u200B05-03\uFEFF")]
    [InlineData("03-maj-24")]
    [InlineData("3 MAJ 2024")]
    [InlineData("den 3:e maj 2024")]
    public void A_date_with_its_year_is_read_as_people_write_it_in_forms_and_files(string text)
    {
        SwedishDate.Read(text).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(DateFault.None, text), r => r.Date.ShouldBe(new DateOnly(2024, 5, 3)));
        SwedishDate.Read(text, s_today).Date.ShouldBe(new DateOnly(2024, 5, 3));
    }

    [Theory]
    [InlineData("11/26/2026", DateFault.MonthFirst)]
    [InlineData("5/13", DateFault.MonthFirst)]
    [InlineData("45415", DateFault.DayNumber)]
    [InlineData("45415,5", DateFault.DayNumber)]
    [InlineData("2024-02-30", DateFault.NotInCalendar)]
    [InlineData("31/2", DateFault.NotInCalendar)]
    [InlineData("32 maj", DateFault.NotInCalendar)]
    [InlineData("0/5", DateFault.NotInCalendar)]
    [InlineData("20241301", DateFault.NotInCalendar)]
    [InlineData("05-03-2024", DateFault.Unreadable)]
    [InlineData("5/3/24", DateFault.Unreadable)]
    [InlineData("3 may 2024", DateFault.Unreadable)]
    [InlineData("1 ma", DateFault.Unreadable)]
    [InlineData("1 mango", DateFault.Unreadable)]
    [InlineData("maj", DateFault.Unreadable)]
    [InlineData("2024", DateFault.Unreadable)]
    [InlineData("12345", DateFault.Unreadable)]
    [InlineData("2024-05-03T22:00:00Z", DateFault.Unreadable)]
    [InlineData("", DateFault.Unreadable)]
    public void What_could_be_another_day_is_no_date_and_says_why(string text, DateFault fault)
    {
        var read = SwedishDate.Read(text, s_today);
        read.Fault.ShouldBe(fault);
        SwedishDate.Message(read).ShouldNotBeNull();
    }

    [Fact]
    public void A_spreadsheets_number_is_told_as_the_day_that_it_is() =>
        SwedishDate.Message(SwedishDate.Read("45415")).ShouldBe("Det är ett kalkylprograms nummer för 2024-05-03. Skriv 2024-05-03 om det är den dagen.");

    [Fact]
    public void A_date_without_a_year_is_the_latest_that_has_been_and_is_read_in_forms_only()
    {
        foreach (
            var (text, date) in new[]
            {
                ("24 dec", "2023-12-24"), ("15/5", "2024-05-15"), ("16/5", "2023-05-16"), ("29/2", "2024-02-29"), ("1 maj", "2024-05-01"),
                ("i dag", "2024-05-15"), ("Igår", "2024-05-14"), ("i förrgår", "2024-05-13"),
            })
        {
            SwedishDate.Read(text, s_today).ShouldBe(new ReadDate(DateOnly.ParseExact(date, "yyyy-MM-dd"), DateFault.None));
            SwedishDate.Read(text).Fault.ShouldBe(DateFault.Unreadable, text);
        }
    }

    [Fact]
    public void What_is_guessed_is_marked()
    {
        SwedishDate.Read("1/2/2024").ShouldBe(new ReadDate(new DateOnly(2024, 2, 1), DateFault.None) { MayBeSwapped = true });
        SwedishDate.Read("2/2/2024").MayBeSwapped.ShouldBeFalse();
        SwedishDate.Read("13/2/2024").MayBeSwapped.ShouldBeFalse();
        SwedishDate.Read("1/2 2024").MayBeSwapped.ShouldBeFalse();
        SwedishDate.Read("240201").HasShortYear.ShouldBeTrue();
        SwedishDate.Read("20240201").HasShortYear.ShouldBeFalse();
    }

    // Seven minutes to one at night in Sweden: still yesterday at a server that keeps UTC.
    [Fact]
    public void Sweden_is_an_hour_ahead_in_winter_and_two_in_summer_also_where_there_is_no_table_of_time_zones()
    {
        var own = SwedishClock.CentralEuropean();
        foreach (var zone in new[] { SwedishClock.Instance.LocalTimeZone, own })
        {
            Local(zone, "2026-11-26T23:53").ShouldBe("2026-11-27T00:53");
            Local(zone, "2026-06-30T22:30").ShouldBe("2026-07-01T00:30");
        }

        for (var hour = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc); hour.Year < 2028; hour = hour.AddHours(1))
            TimeZoneInfo.ConvertTimeFromUtc(hour, own).ShouldBe(TimeZoneInfo.ConvertTimeFromUtc(hour, SwedishClock.Instance.LocalTimeZone));

        static string Local(TimeZoneInfo zone, string utc) =>
            TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc), zone)
                .ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_database_that_is_told_no_clock_keeps_the_day_of_Sweden()
    {
        await using var test = await FinsamOutcomes.Testing.TestDatabase.CreateAsync("sqlite");
        new FinsamDatabase(test.Database.Engine).Clock.LocalTimeZone.ShouldBe(SwedishClock.Instance.LocalTimeZone);
    }
}
