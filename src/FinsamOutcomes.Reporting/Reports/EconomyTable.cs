using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Budget and outcome of the year in whole kronor, and how far apart they are.</summary>
internal static class EconomyTable
{
    public static ReportBlock Block(ReportSource source, int year, ReportPeriod period, ReportCaption caption, MeasureInsatsRow? insats)
    {
        var rows = source.Economy;
        if (insats is not null)
            rows = [.. rows.Where(r => r.InsatsId == insats.Id || (r.EconomyLevel == 1 && r.SortName == insats.Name))];
        if (rows.Count == 0)
            return new PlaceholderBlock(
                $"Ingen budget är registrerad för {year}. Skriv in budget och utfall här, eller registrera dem och gör om rapporten.");
        var table = rows.Select(r =>
                Row(r.EconomyLevel == 1 && insats?.Id != r.InsatsId ? "– " + r.Name : r.Name, r.BudgetKronor, r.OutcomeKronor, r.IsIncomplete, isTotal: false))
            .ToList();
        if (insats is null && source.EconomyTotal is { } total)
            table.Add(Row("Summa", total.BudgetKronor, total.OutcomeKronor, total.IsIncomplete, isTotal: true));
        List<string> notes = rows.Any(r => r.EconomyLevel == 1) && insats is null ? ["Delprojekt (–) ingår i sin insats och räknas en gång i summan."] : [];
        if (
            table.Exists(r => r.Cells[1].Number is not null && r.Cells[2].Number is null)
            || table.Exists(r => r.Cells[1].Number is null && r.Cells[2].Number is not null))
            notes.Add("Där budget eller utfall saknas för någon del summeras det som är känt, och de två jämförs inte.");
        foreach (var row in rows)
            notes.AddRange(AtLeast(
                $"{row.Name}: summan",
                ("delprojekt", "delprojekt"),
                row.BudgetKronor,
                row.WithoutBudget,
                row.OutcomeKronor,
                row.WithoutOutcome));
        if (insats is null && source.EconomyTotal is { } sum)
            notes.AddRange(AtLeast(
                "Summan för förbundet",
                ("insats, delprojekt eller egen kostnad", "insatser, delprojekt eller egna kostnader"),
                sum.BudgetKronor,
                sum.WithoutBudget,
                sum.OutcomeKronor,
                sum.WithoutOutcome));
        if (!period.IsOver)
            notes.Add($"Budgeten gäller hela {year}. Utfallet är det som är registrerat till och med {Swedish.LongDate(period.To)} och kan ändras.");
        return new TableBlock(
            new ReportTable
            {
                Id = caption.Id,
                Title = caption.Title,
                Subtitle = $"Hela kronor, {period.Words}{(period.IsOver ? "" : ", hittills")}",
                Columns =
                [
                    new("", Unit: null),
                    new("Budget", ValueUnit.Kronor),
                    new($"Utfall{period.SoFar}", ValueUnit.Kronor),
                    new("Utfall minus budget", ValueUnit.KronorChange),
                    new("Förbrukat", ValueUnit.Percent, Decimals(table)),
                ],
                Rows = table,
                Notes = notes,
                Source = caption.Source,
            });
    }

    // All of the budget only where it is so: as many decimals all down the column.
    private static int Decimals(List<ReportRow> rows) =>
        rows.Exists(r => r.Cells[^1].Number is { } share && share is not (0 or 1) && Rounding.HalfAwayFromZero(share * 100, 0) is 0 or 100) ? 1 : 0;

    private static ReportRow Row(string name, long? budget, long? outcome, bool isIncomplete, bool isTotal) => new(
        [
            ReportCell.Of(name),
            isTotal ? Money(budget) : Filled(budget),
            isTotal ? Money(outcome) : Filled(outcome),
            Money(isIncomplete ? null : outcome - budget),
            budget is > 0 && outcome is not null && !isIncomplete ? ReportCell.Of((double)outcome.Value / budget.Value) : ReportCell.Without(CellState.NoData),
        ],
        isTotal);

    // A sum that lacks a part is told as what it is.
    private static IEnumerable<string> AtLeast(
        string sum,
        (string One, string Many) parts,
        long? budget,
        int withoutBudget,
        long? outcome,
        int withoutOutcome)
    {
        List<string> missing = [];
        if (budget is not null && withoutBudget > 0)
            missing.Add($"budget saknas för {Swedish.Counted(withoutBudget, parts.One, parts.Many)}");
        if (outcome is not null && withoutOutcome > 0)
            missing.Add($"utfall saknas för {Swedish.Counted(withoutOutcome, parts.One, parts.Many)}");
        if (missing.Count > 0)
            yield return $"{sum} är minst så stor: {string.Join(" och ", missing)}.";
    }

    private static ReportCell Filled(long? kronor) => kronor is null ? ReportCell.NotFilled : Money(kronor);

    private static ReportCell Money(long? kronor) => kronor is { } value ? ReportCell.Of(value) : ReportCell.Without(CellState.NoData);
}
