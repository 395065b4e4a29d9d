using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Dapper;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Tests.Catalogue;
using FinsamOutcomes.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Data.Tests.SqlServer;

/// <summary>What goes to SQL Server has the types of its columns, and what comes from it can be read; no server is needed to see it.</summary>
public sealed class ServerTypesTests
{
    /// <summary>How large a type a number comes in.</summary>
    public enum Size
    {
        Smallest,
        Usual,
        Largest,
    }

    [Fact]
    public async Task An_argument_has_the_type_of_its_column_also_when_it_is_null()
    {
        _ = new FinsamDatabase(DatabaseEngine.FromAddress("sqlserver:Server=x;Database=y"));
        var types = new Dictionary<string, SqlDbType>
        {
            ["Number"] = SqlDbType.Int,
            ["Kronor"] = SqlDbType.BigInt,
            ["Flag"] = SqlDbType.Bit,
            ["Value"] = SqlDbType.Float,
            ["Exact"] = SqlDbType.Decimal,
            ["Text"] = SqlDbType.NVarChar,
            ["Bytes"] = SqlDbType.VarBinary,
            ["Day"] = SqlDbType.Date,
            ["Moment"] = SqlDbType.DateTime2,
        };
        var sql = $"SELECT {string.Join(", ", types.Keys.Select(k => "@" + k))}";
        var now = new DateTime(2024, 5, 1, 10, 0, 0, 123, DateTimeKind.Utc);
        await using var connection = new NoServer();

        await connection.ExecuteAsync(
            sql,
            new Arguments
            {
                Number = 1,
                Kronor = 2,
                Flag = true,
                Value = 1.5,
                Exact = 1.5m,
                Text = "å",
                Bytes = [1],
                Day = new(2024, 5, 1),
                Moment = now,
            });
        connection.Sent.ToDictionary(p => p.ParameterName, p => p.SqlDbType).ShouldBe(types, ignoreOrder: true);
        connection.Sent.ShouldAllBe(p => p.Value != DBNull.Value);
        connection.Sent.Single(p => p.ParameterName == "Day").Value.ShouldBe(new DateTime(2024, 5, 1));
        connection.Sent.Single(p => p.ParameterName == "Moment").Value.ShouldBe(now);

        await connection.ExecuteAsync(sql, new Arguments());
        connection.Sent.ToDictionary(p => p.ParameterName, p => p.SqlDbType).ShouldBe(types, ignoreOrder: true);
        connection.Sent.ShouldAllBe(p => p.Value == DBNull.Value);
    }

    // SQL Server has smaller whole numbers than SQLite, decimals and dates of their own, and no booleans in what we ask for;
    // servers that are compatible with it may give larger ones for sums.
    [Theory]
    [InlineData(Size.Smallest, false)]
    [InlineData(Size.Smallest, true)]
    [InlineData(Size.Usual, false)]
    [InlineData(Size.Largest, false)]
    public void Every_row_type_can_be_read_from_the_types_of_SQL_Server(Size size, bool isEmpty)
    {
        _ = new FinsamDatabase(DatabaseEngine.FromAddress("sqlserver:Server=x;Database=y"));
        var wrong = new List<string>();
        var rowTypes = SqlCatalogue
            .For("sqlserver")
            .Queries.Values.Where(q => q.RowType is not null)
            .Select(q => q.RowType!)
            .Distinct()
            .SelectMany(NamedQueryTests.RowTypes)
            .Distinct()
            .Where(t => t.GetProperties().Any(p => p.CanWrite))
            .ToList();
        rowTypes.Count.ShouldBeGreaterThan(50);
        foreach (var type in rowTypes)
        {
            var nullability = new System.Reflection.NullabilityInfoContext();
            using var table = new DataTable();
            var values = new List<object>();
            foreach (var property in type.GetProperties().Where(p => p.CanWrite))
            {
                var (column, value) = Stored(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, size);
                table.Columns.Add(Regex.Replace(property.Name, "(?<!^)([A-Z])", "_$1").ToLowerInvariant(), column);
                values.Add(isEmpty && nullability.Create(property).WriteState == System.Reflection.NullabilityState.Nullable ? DBNull.Value : value);
            }

            table.Rows.Add([.. values]);
            using var reader = table.CreateDataReader();
            reader.Read();
            try
            {
                var row = reader.GetRowParser(type)(reader);
                foreach (var property in type.GetProperties().Where(p => p.CanWrite))
                {
                    var isNull = property.GetValue(row) is null;
                    if (isNull != (isEmpty && nullability.Create(property).WriteState == System.Reflection.NullabilityState.Nullable))
                        wrong.Add($"{type.Name}.{property.Name}: {(isNull ? "null" : "not null")}");
                }
            }
            catch (Exception e) when (e is DataException or InvalidOperationException or InvalidCastException)
            {
                wrong.Add($"{type.Name}: {e.Message}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task SQLite_in_tests_refuses_what_a_column_of_SQL_Server_can_not_hold()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        var columns = await connection.QueryAsync<string>(
            "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'schema_migration' AND m.name NOT LIKE 'sqlite%'"
        );
        ServerLimits.Columns().Select(c => $"{c.Table}.{c.Column}").ShouldBe(columns, ignoreOrder: true);

        var store = new ForbundStore(test.Database);
        await store.AddAsync(new NewForbund { Name = "Prov" });
        foreach (var (sql, column) in new[]
        {
            ($"UPDATE forbund SET name = '{new string('å', 201)}'", "name"),
            ("UPDATE forbund SET created_at = '2024-01-01'", "created_at"),
            ("UPDATE row_id SET last_id = 3000000000", "last_id"),
        })
            (await Should.ThrowAsync<SqliteException>(() => connection.ExecuteAsync(sql))).Message.ShouldContain($"{column}: SQL Server has");
        await connection.ExecuteAsync($"UPDATE forbund SET name = '{new string('å', 200)}'");
    }

    [Fact]
    public async Task A_session_does_one_thing_at_a_time()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Prov" });
        await using var session = await test.Database.ReadAsync();
        await using (var reader = await session.ReaderAsync("Schema.Migrations"))
        {
            (await reader.ReadAsync()).ShouldBeTrue();
            await Should.ThrowAsync<InvalidOperationException>(() => session.QueryAsync<SchemaMigrationRow>("Schema.Migrations"));
        }

        (await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Every_table_whose_ids_are_handed_out_has_its_row_from_the_start()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        var started = (await connection.QueryAsync<string>("SELECT table_name FROM row_id")).ToList();
        var code = SqlFiles.Under("src", "*.cs");
        var asked = code.SelectMany(f =>
                Regex
                    .Matches(f.Text, @"ReserveIdsAsync\((?:""(?<name>\w+)""|(?<name>[\w.]+))")
                    .Select(m =>
                        m.Groups["name"].Value switch
                        {
                            "Table" => Constant(f.Text, "Table"),
                            var name => name,
                        }))
            .Where(name => name != "string")
            .Select(name =>
                name.StartsWith("ChangedEntity.", StringComparison.Ordinal)
                    ? Constant(code.Single(f => f.Text.Contains("class ChangedEntity", StringComparison.Ordinal)).Text, name["ChangedEntity.".Length..])
                    : name)
            .ToList();
        asked.Count.ShouldBeGreaterThan(20);
        asked.Except(started).ShouldBeEmpty();
    }

    private static string Constant(string code, string name) => Regex.Match(code, $@"const string {name} = ""?(?<value>[\w.]+)").Groups["value"].Value;

    private static (Type Column, object Value) Stored(Type type, Size size) =>
        type switch
        {
            _ when type == typeof(bool) => size switch
            {
                Size.Smallest => (typeof(short), (short)1),
                Size.Usual => (typeof(int), 1),
                _ => (typeof(long), 1L),
            },
            _ when type == typeof(int) => size switch
            {
                Size.Smallest => (typeof(short), (short)1),
                Size.Usual => (typeof(int), 1),
                _ => (typeof(decimal), 1m),
            },
            _ when type == typeof(long) => size switch
            {
                Size.Smallest => (typeof(int), 1),
                Size.Usual => (typeof(long), 1L),
                _ => (typeof(decimal), 1m),
            },
            _ when type == typeof(double) || type == typeof(decimal) => size switch
            {
                Size.Smallest => (typeof(int), 1),
                Size.Usual => (typeof(decimal), 1.5m),
                _ => (typeof(double), 1.5),
            },
            _ when type == typeof(DateOnly) || type == typeof(DateTime) => (typeof(DateTime), new DateTime(2024, 5, 1)),
            _ when type == typeof(byte[]) => (typeof(byte[]), new byte[] { 1 }),
            _ when type == typeof(string) => (typeof(string), "x"),
            _ => throw new ArgumentException($"{type.Name} is no type that rows have.", nameof(type)),
        };

    private sealed record Arguments
    {
        public int? Number { get; init; }

        public long? Kronor { get; init; }

        public bool? Flag { get; init; }

        public double? Value { get; init; }

        public decimal? Exact { get; init; }

        public string? Text { get; init; }

        public byte[]? Bytes { get; init; }

        public DateOnly? Day { get; init; }

        public DateTime? Moment { get; init; }
    }

    // Keeps the parameters that a server would be sent.
    private sealed class NoServer : DbConnection
    {
        public IReadOnlyList<SqlParameter> Sent { get; private set; } = [];

        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Open;

        public override void ChangeDatabase(string databaseName)
        {
        }

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new Command(this);

        private sealed class Command(NoServer connection) : DbCommand
        {
            private readonly SqlCommand _command = new();

            [AllowNull]
            public override string CommandText { get; set; } = "";

            public override int CommandTimeout { get; set; }

            public override CommandType CommandType { get; set; }

            public override bool DesignTimeVisible { get; set; }

            public override UpdateRowSource UpdatedRowSource { get; set; }

            protected override DbConnection? DbConnection { get; set; }

            protected override DbParameterCollection DbParameterCollection => _command.Parameters;

            protected override DbTransaction? DbTransaction { get; set; }

            public override void Cancel()
            {
            }

            public override int ExecuteNonQuery()
            {
                connection.Sent = [.. _command.Parameters.Cast<SqlParameter>()];
                return 0;
            }

            public override object? ExecuteScalar() => throw new NotSupportedException();

            public override void Prepare()
            {
            }

            protected override DbParameter CreateDbParameter() => _command.CreateParameter();

            protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();

            protected override void Dispose(bool disposing)
            {
                _command.Dispose();
                base.Dispose(disposing);
            }
        }
    }
}
