using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Tests.Figures;

public sealed class FigureTableTests
{
    [Fact]
    public void Shares_of_women_and_men_have_value_interval_numerator_and_n_side_by_side()
    {
        var table = Table("kolumner-kon");

        table.Columns.Select(c => c.Header).ShouldBe(
        [
            "Kategori", "Kvinnor", "Kvinnor, 95\u00A0% KI", "Kvinnor, antal", "Kvinnor, n", "Män", "Män, 95\u00A0% KI", "Män, antal", "Män, n",
        ]);
        var insam = table.Rows[0].Cells;
        insam[0].Text.ShouldBe("Insam");
        insam[1].Number!.Value.ShouldBe(25 / 56.0, 1e-12);
        insam[2].Text.ShouldBe("32–58\u00A0%");
        (insam[3].Number, insam[4].Number).ShouldBe((25, 56));
        table.Columns.Select(c => c.Unit).Take(5).ShouldBe([null, ValueUnit.Percent, null, ValueUnit.Count, ValueUnit.Count]);
    }

    [Fact]
    public void Three_series_with_intervals_become_rows_so_that_the_table_fits_a_page()
    {
        var table = Table("kolumner-en-kategori");

        table.Columns.Select(c => c.Header).ShouldBe(["Kategori", "Grupp", "Andel", "95\u00A0% konfidensintervall", "Antal", "n"]);
        table.Rows.Select(r => r.Cells[1].Text).ShouldBe(["Kvinnor", "Män", "Alla"]);
    }

    [Fact]
    public void Missing_numbers_keep_their_reason_and_small_ones_are_counts()
    {
        var table = Table("kolumner-sma-tal");

        table.Rows[1].Cells[1].Text.ShouldBe("3 av 7");
        table.Rows[1].Cells[2].Text.ShouldBe("–", "an interval in per cent says as little as the per cent");
        table.Rows[1].Cells[5].ShouldBe(ReportCell.Without(CellState.Hidden));
        table.Rows[2].Cells[5].ShouldBe(ReportCell.Without(CellState.NoData));
        table.Rows[3].Cells[5].ShouldBe(ReportCell.Without(CellState.NotAsked));
        table.Rows[3].Cells[1].Number.ShouldBe(0);
    }

    [Fact]
    public void Two_hidden_parts_leave_the_shares_of_the_others()
    {
        var table = Table("staplar-dolda");

        table.Columns.Select(c => c.Header).ShouldBe(["Kategori", "Del", "Antal", "Andel", "n"]);
        var work = table.Rows[0].Cells;
        work[2].Number.ShouldBe(20);
        work[3].Number!.Value.ShouldBe(20 / 65.0, 1e-12);
        work[4].Number.ShouldBe(65);
        table.Rows[1].Cells[2].ShouldBe(ReportCell.Without(CellState.Hidden));
        table.Rows[2].Cells[3].ShouldBe(ReportCell.Without(CellState.Hidden));
        // SydÖst has a single hidden part: shares or n would give it away.
        table.Rows[17].Cells[2].Number.ShouldBe(12);
        table.Rows[17].Cells[3].State.ShouldBe(CellState.Hidden);
        table.Rows[17].Cells[4].State.ShouldBe(CellState.Hidden);
    }

    [Fact]
    public void A_control_chart_has_its_limits_and_signals()
    {
        var table = Table("styrdiagram-signaler");

        table.Columns.Select(c => c.Header).ShouldBe(["Period", "Andel", "Antal", "n", "Undre gräns", "Övre gräns", "Signal"]);
        table.Rows[9].Cells[^1].Text.ShouldBe("utanför gränserna");
        table.Rows[5].Cells[1].State.ShouldBe(CellState.Hidden);
        Table("styrdiagram-preliminart").Columns[4].Header.ShouldBe("Preliminär undre gräns");
    }

    [Fact]
    public void Before_and_after_have_their_change_and_number_of_pairs()
    {
        var row = Table("hantlar-kon").Rows[0].Cells;

        row.Take(4).Select(c => c.Number).ShouldBe([null, 2.45, 3.31, 3.31 - 2.45]);
        row[4].Text.ShouldBe("0,71 till 1,01");
        row[5].Number.ShouldBe(98);
    }

    private static ReportTable Table(string id) => Gallery.All.Single(f => f.Id == id).ToTable();
}
