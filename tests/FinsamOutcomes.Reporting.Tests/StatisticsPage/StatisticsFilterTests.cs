using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Tests.StatisticsPage;

/// <summary>The address holds the filter: what it says is read back as it was, and what it can't say is told.</summary>
public sealed class StatisticsFilterTests
{
    private static readonly StatisticsChoices s_choices = new()
    {
        Today = new DateOnly(2026, 11, 23),
        Insatser =
        [
            .. Enumerable
                .Range(1, 6)
                .Select(i => new MeasureInsatsRow
                {
                    Id = i,
                    ParentId = 0,
                    Name = $"I{i}",
                    StartsOn = new DateOnly(2020, 1, 1),
                    EndsOn = null,
                }),
        ],
        Definitions =
        [
            .. ForbundStore.ShippedDefinitions.Select(
                (d, i) =>
                    new PositiveDefinitionRow
                    {
                        Code = d.Code,
                        Label = d.Label,
                        Kind = "reasons",
                        SortOrder = i,
                        Version = 1,
                    }),
        ],
        AgeGroups =
        [
            .. new[] { "0-15", "16-24", "25-29", "30-44", "45-54", "55-66", "67-", "unknown" }.Select((c, i) => new DimensionCodeRow
            {
                Dimension = "age",
                Code = c,
                Number = i + 1,
                Label = c,
            }),
        ],
        Genders =
        [
            .. new[] { "woman", "man", "unknown" }.Select((c, i) => new DimensionCodeRow
            {
                Dimension = "gender",
                Code = c,
                Number = i + 1,
                Label = c,
            }),
        ],
    };

    [Fact]
    public void Every_valid_filter_reads_back_as_it_was()
    {
        var random = new Random(7);
        T Pick<T>(params T[] from) => from[random.Next(from.Length)];
        for (var i = 0; i < 2000; i++)
        {
            var from = new DateOnly(1990, 1, 1).AddDays(random.Next(13_000));
            string[] ages = [.. s_choices.AgeGroups.Select(a => a.Code).Where(_ => random.Next(4) == 0)];
            var filter = new StatisticsFilter
            {
                From = from,
                To = from.AddDays(random.Next(s_choices.Today.DayNumber - from.DayNumber + 1)),
                InsatsId = Pick<int?>(null, 1, 6),
                Definition = Pick([.. s_choices.Definitions.Select(d => d.Code)]),
                Denominator = Pick([.. MeasureCatalogue.Denominators]),
                AgeGroups = ages.Length == 0 ? null : string.Join(',', ages),
                Gender = Pick(null, "woman", "man", "unknown"),
                IsPublished = Pick(true, false),
            };
            var months = filter.IsNarrowed
                ? StatisticsPeriods.WholeMonths(filter.From, filter.To, s_choices.Today)
                : StatisticsPeriods.MonthsUntilToday(filter.From, filter.To, s_choices.Today);
            filter = filter with { From = months.From, To = months.To };

            var (read, problems) = Read(filter.ToQuery());
            problems.ShouldBeEmpty();
            read.ShouldBe(filter, filter.ToQuery());
        }
    }

    [Fact]
    public void The_address_of_the_example_means_what_it_says()
    {
        var (filter, problems) = Read(
            "?fran=2026-01-01&till=2026-11-23&insats=5&definition=arbete-eller-studier&namnare=avslutade&alder=16-24&kon=woman&visa=publicerat");
        problems.ShouldBeEmpty();
        filter.ShouldBe(
            new StatisticsFilter
            {
                From = new(2026, 1, 1),
                To = new(2026, 10, 31),
                InsatsId = 5,
                AgeGroups = "16-24",
                Gender = "woman",
                IsPublished = true,
            });
        Read("?alder=25-29,16-24&alder=16-24&visa=internt&kon=&insats=")
            .Filter.ShouldBe(s_choices.Default with { To = new(2026, 10, 31), AgeGroups = "16-24,25-29" });
    }

    [Fact]
    public void Nothing_in_the_address_is_this_year_so_far() => Read("").ShouldSatisfyAllConditions(
        r => r.Problems.ShouldBeEmpty(),
        r => r.Filter.ShouldBe(new StatisticsFilter { From = new(2026, 1, 1), To = new(2026, 11, 23) }));

    [Theory]
    [InlineData("fran=igår", "fran", "är inte ett datum")]
    [InlineData("fran=1850-01-01", "fran", "1990 till 2059")]
    [InlineData("till=2026-02-30", "till", "är inte ett datum")]
    [InlineData("till=2027-01-01", "till", "framtiden")]
    [InlineData("fran=2026-05-01&till=2026-04-30", "fran", "efter slutdatumet")]
    [InlineData("insats=99", "insats", "Alla visas")]
    [InlineData("insats=-1", "insats", "Alla visas")]
    [InlineData("definition=arbete-eller-studie", "definition", "Menar du")]
    [InlineData("namnare=alla", "namnare", "finns inte")]
    [InlineData("alder=16-99", "alder", "inte med i urvalet")]
    [InlineData("kon=flicka", "kon", "finns inte")]
    [InlineData("visa=allt", "visa", "finns inte")]
    public void What_cannot_be_understood_is_as_usual_with_a_message(string query, string field, string says)
    {
        var (filter, problems) = Read("?" + query);
        problems.ShouldHaveSingleItem().Field.ShouldBe(field);
        problems[0].Message.ShouldContain(says);
        (filter with { From = s_choices.Default.From, To = s_choices.Default.To }).ShouldBe(s_choices.Default);
    }

    private static (StatisticsFilter Filter, IReadOnlyList<FilterProblem> Problems) Read(string query) =>
        s_choices.Read(
            query
                .TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(p => p.Split('=', 2))
                .ToLookup(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal));
}
