using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Leaving out all others gives the numbers that dividing gives for the one that is left.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task A_measure_of_one_gender_or_age_is_that_part_of_the_divided_measure()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        await fixture.HeadCountAsync("Nätverket", "woman", 7);
        await using var snapshot = await MeasureSnapshot.OpenAsync(fixture.Test.Database, fixture.Forbund.Id);
        foreach (var info in MeasureCatalogue.All.Where(m => m.Dimensions.HasFlag(MeasureDimensions.Gender) && m.Name != "konsskillnad"))
        {
            var request = new MeasureRequest
            {
                Measure = info.Name,
                ForbundId = fixture.Forbund.Id,
                From = new DateOnly(2024, 1, 1),
                To = new DateOnly(2024, 12, 31),
            };
            var byGender = await snapshot.ComputeAsync(request with { By = MeasureDimensions.Gender });
            Told(await snapshot.ComputeAsync(request with { Gender = "woman" })).ShouldBe(Told(byGender.Where(c => c.Gender == "woman")), info.Name);
            var byAge = await snapshot.ComputeAsync(request with { By = MeasureDimensions.Age | MeasureDimensions.Gender });
            Told(await snapshot.ComputeAsync(request with { AgeGroups = "25-29", Gender = "man" }))
                .ShouldBe(Told(byAge.Where(c => c.AgeGroup == "25-29" && c.Gender == "man")), info.Name);
        }

        static List<(string, string?, string?, double?, long?, long?)> Told(IEnumerable<MeasureCell> cells) =>
            [
                .. cells
                    .Select(c => (c.Statistic, c.Category, c.FromCategory, c.Value, c.Numerator, c.Denominator))
                    .Where(c => c is not { Value: null or 0 })
                    .Order(),
            ];
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Several_age_groups_are_counted_together_and_the_rest_not_at_all(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("Insam");
        foreach (var birthYear in new int?[] { 2004, 1997, 1997, 1985, null })
            register.Participation(register.Person("woman", birthYear), insats, "2024-02-01", "2024-05-01", "arbete");
        await register.SaveAsync();

        (await CountAsync("16-24")).ShouldBe(1);
        (await CountAsync("16-24,25-29")).ShouldBe(3);
        (await CountAsync("unknown")).ShouldBe(1);
        (await CountAsync(null)).ShouldBe(5);
        (await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", MeasureDimensions.Age, ages: "16-24,25-29")).Select(c => c.AgeGroup).Distinct()
            .ShouldBe(["16-24", "25-29", MeasureCell.All]);

        async Task<double?> CountAsync(string? ages) =>
            (await register.ComputeAsync("deltaganden", "2024-01-01", "2024-12-31", ages: ages)).Single(c => c.Statistic == "ended").Value;
    }

    [Theory]
    [InlineData("deltaganden", "flicka", null, "Könet")]
    [InlineData("deltaganden", null, "16-24,17", "Åldersgruppen ”17”")]
    [InlineData("konsskillnad", "woman", null, "kan inte begränsas")]
    [InlineData("kostnad-per-deltagande", null, "16-24", "kan inte begränsas")]
    public async Task What_cannot_be_left_out_is_refused_in_Swedish(string measure, string? gender, string? ages, string says)
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var register = await SmallRegister.InAsync(test);
        (
            await Should.ThrowAsync<MeasureRequestException>(() => register.ComputeAsync(measure, "2024-01-01", "2024-12-31", gender: gender, ages: ages))
        ).Message.ShouldContain(says);
    }
}
