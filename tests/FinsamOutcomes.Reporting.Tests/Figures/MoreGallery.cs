using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>The kinds that compare: funnel, answers on both sides of zero, targets. All numbers are invented.</summary>
internal static class MoreGallery
{
    private static readonly string[] s_long =
    [
        "Arbetsmarknadsrehabiliterande samordningsinsats för långtidssjukskrivna",
        "Förrehabilitering med naturunderstödda aktiviteter i Höganäs och Ängelholm",
        "Kompetensutvecklingsmiljonssatsningen",
        "Vägen till arbete – steg för steg",
    ];

    private static readonly string[] s_questions =
    [
        "Hur ofta har du känt dig nedstämd eller känt att framtiden är hopplös under de senaste två veckorna?",
        "Jag sover dåligt",
        "Jag känner mig ensam",
        "Jag litar på min förmåga att klara ett arbete",
        "Jag har ont",
        "Jag orkar med vardagen",
    ];

    public static IReadOnlyList<Figure> All { get; } =
    [
        Funnel(
            "tratt-insatser",
            "Skiljer sig insatserna mer än slumpen kan förklara?",
            [
                .. new[] { (25, 56), (31, 60), (9, 22), (61, 90), (18, 84), (12, 30), (40, 101), (3, 7), (52, 140), (7, 12), (0, 14) }.Select(
                    (s, i) => (Gallery.Insats(i), Gallery.Share(s.Item1, s.Item2))),
                ("Grön rehabilitering", FigurePoint.Hidden),
            ]),
        Funnel("tratt-langa-namn", "Insatser med långa namn", [.. s_long.Select((n, i) => (n, Gallery.Share(i % 2 == 0 ? 5 + i : 60 + i, 90)))]),
        Funnel("tratt-en", "En enda insats", [("Insam", Gallery.Share(25, 56))]),
        Funnel(
            "tratt-fyrtio",
            "Fyrtio insatser",
            [.. Enumerable.Range(0, 40).Select(i => ($"{Gallery.Insats(i)} {i + 1}", Gallery.Share(i * 7 % (8 + i) + i, 20 + 4 * i)))]),
        Funnel("tratt-nollor", "Ingen gick till arbete", [("Insam", Gallery.Share(0, 40)), ("USB", Gallery.Share(0, 12))]),
        Funnel("tratt-sma", "Bara små insatser", [("Insam", Gallery.Share(3, 7)), ("USB", FigurePoint.Hidden)]),
        Funnel("tratt-dold", "Alla är dolda", [("Insam", FigurePoint.Hidden), ("USB", FigurePoint.Hidden)]),
        Funnel("tratt-inga", "Inga insatser", [("Insam", FigurePoint.NoData)]),
        Answers(
            "svar-battre",
            "Fler blev bättre än sämre i de flesta frågor",
            s_questions,
            ["Sämre", "Oförändrat", "Bättre"],
            [
                [12, 8, 31, 5, 0, 3],
                [30, 41, 22, 14, 0, 2],
                [58, 27, 9, 66, 0, 3],
            ]),
        Answers(
            "svar-fem",
            "Deltagarna instämmer i det mesta",
            s_questions[..4],
            ["Instämmer inte alls", "Instämmer inte", "Varken eller", "Instämmer", "Instämmer helt"],
            [
                [4, 12, 40, 1],
                [9, 18, 12, 3],
                [14, 20, 5, 9],
                [40, 16, 3, 33],
                [36, 5, 0, 50],
            ]),
        Answers(
            "svar-fyra",
            "Fyra svar har ingen mitt",
            ["Kvinnor", "Män"],
            ["Mycket dåligt", "Ganska dåligt", "Ganska bra", "Mycket bra"],
            [
                [8, 12],
                [21, 30],
                [44, 31],
                [27, 9],
            ]),
        Answers(
            "svar-dolda",
            "En dold del döljer hela fördelningen",
            ["Insam", "USB", "VSB"],
            ["Sämre", "Oförändrat", "Bättre"],
            [
                [-1, 6, -2],
                [20, 11, -2],
                [31, 25, -2],
            ]),
        Answers(
            "svar-fyrtio",
            "Fyrtio frågor",
            [.. Enumerable.Range(1, 40).Select(i => $"Fråga {i}")],
            ["Sämre", "Oförändrat", "Bättre"],
            [
                [.. Enumerable.Range(0, 40).Select(i => i % 9)],
                [.. Enumerable.Range(0, 40).Select(i => 10 + i % 7)],
                [.. Enumerable.Range(0, 40).Select(i => 5 + i % 11)],
            ]),
        Answers(
            "svar-ett-hall",
            "Alla blev bättre",
            ["Insam"],
            ["Sämre", "Oförändrat", "Bättre"],
            [
                [0],
                [0],
                [24],
            ]),
        Answers(
            "svar-inga",
            "Ingen har svarat",
            ["Insam", "USB"],
            ["Sämre", "Oförändrat", "Bättre"],
            [
                [-2, -2],
                [-2, -2],
                [-2, -2],
            ]),
        Targets(
            "mal-blandat",
            "Två av fem mål är nådda",
            [
                ("Positiva avslut, hela förbundet", Gallery.Share(178, 351), 0.5, "minst 50\u00A0%", TargetStatus.Met),
                ("Genomströmning, hela förbundet", Gallery.Share(271, 705), 0.4, "minst 40\u00A0%", TargetStatus.Near),
                (
                    "Positiva avslut, Arbetsmarknadsrehabiliterande samordningsinsats för långtidssjukskrivna",
                    Gallery.Share(9, 41),
                    0.35,
                    "minst 35\u00A0%",
                    TargetStatus.Missed),
                ("Positiva avslut, Höganäs", Gallery.Share(3, 7), 0.35, "minst 35\u00A0%", TargetStatus.Met),
                ("Positiva avslut, USB", FigurePoint.Hidden, 0.3, "minst 30\u00A0%", TargetStatus.Unknown),
                ("Genomströmning, AKTIV", FigurePoint.NoData, 0.3, "högst 30\u00A0%", TargetStatus.Unknown),
                ("Genomströmning, Insam", Gallery.Share(0, 30), 0.2, "högst 20\u00A0%", TargetStatus.Met),
            ]),
        Targets("mal-ett", "Ett mål", [("Positiva avslut, hela förbundet", Gallery.Share(178, 351), 0.8, "minst 80\u00A0%", TargetStatus.Missed)]),
        Targets(
            "mal-fyrtio",
            "Fyrtio mål",
            [
                .. Enumerable
                    .Range(0, 40)
                    .Select(i =>
                        ($"Positiva avslut, {Gallery.Insats(i)} {i + 1}", Gallery.Share(i * 5 % 19, 19 + i), 0.35, "minst 35\u00A0%", (TargetStatus)(i % 4))),
            ]),
        Targets("mal-dolda", "Alla utfall är dolda", [("Positiva avslut, Insam", FigurePoint.Hidden, 0.5, "minst 50\u00A0%", TargetStatus.Unknown)]),
    ];

    public static FunnelFigure Funnel(string id, string title, (string Name, FigurePoint Share)[] units)
    {
        var funnel = FunnelPlot.Of([
            .. units.Select(u => FunnelFigure.IsDrawn(u.Share) ? Share.Of(u.Share.Numerator!.Value, u.Share.N!.Value) : Share.Of(0, 0)),
        ]);
        return new()
        {
            Id = id,
            Title = title,
            Subtitle = "Andel av avslutade deltaganden 2024, arbete eller studier",
            Unit = ValueUnit.Percent,
            Source = Gallery.Source,
            Units = [.. units.Select((u, i) => new FunnelUnit(u.Name, u.Share, funnel.Points[i].Position))],
            Center = funnel.Centre,
            SizeLabel = "Antal avslut",
            Findings = ["Några ligger utanför gränserna."],
        };
    }

    // −1 is hidden, −2 not asked.
    public static DivergingBarFigure Answers(string id, string title, string[] categories, string[] answers, int[][] counts) =>
        new()
        {
            Id = id,
            Title = title,
            Subtitle = "Deltaganden med svar vid både start och avslut 2024",
            Unit = ValueUnit.Percent,
            Source = Gallery.Source,
            Categories = categories,
            Series =
            [
                .. answers.Select(
                    (name, s) =>
                        new FigureSeries(
                            name,
                            SeriesRole.Category,
                            [
                                .. counts[s]
                                    .Select(c =>
                                        c switch
                                        {
                                            -1 => FigurePoint.Hidden,
                                            -2 => FigurePoint.NotAsked,
                                            _ => new FigurePoint(CellState.Shown, c),
                                        }),
                            ])),
            ],
        };

    public static TargetFigure Targets(string id, string title, (string Name, FigurePoint Outcome, double Target, string Text, TargetStatus Status)[] rows) =>
        new()
        {
            Id = id,
            Title = title,
            Subtitle = "Utfall för hela 2024, jämfört med styrelsens mål",
            Unit = ValueUnit.Percent,
            Source = Gallery.Source,
            Rows =
            [
                .. rows.Select(r => new TargetFigureRow(
                    r.Name,
                    r.Outcome,
                    r.Target,
                    r.Text,
                    r.Status,
                    r.Status switch
                    {
                        TargetStatus.Met => "Målet nått",
                        TargetStatus.Near => "Nära målet",
                        TargetStatus.Missed => "Målet inte nått",
                        _ => "Kan inte bedömas",
                    })),
            ],
        };
}
